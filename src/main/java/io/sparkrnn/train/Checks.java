package io.sparkrnn.train;

/** Checks of options with the project's wording: subject, rule, value. */
final class Checks {
  private Checks() {}

  static void atLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be >= " + least + ", got " + value);
    }
  }
}

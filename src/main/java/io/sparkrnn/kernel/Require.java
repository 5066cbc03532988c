package io.sparkrnn.kernel;

/**
 * The checks of numeric arguments, with the project's wording: subject, rule, value. They stand in
 * the lowest package because optimizers and networks, which do not know each other, share them.
 *
 * <p>Each throws an {@code IllegalArgumentException} if the value breaks the rule.
 */
public final class Require {
  private Require() {}

  /** Requires that {@code value} is more than 0. */
  public static void positive(String name, int value) {
    check(value > 0, name, "> 0", value);
  }

  /** Requires that {@code value} is more than 0 and finite. */
  public static void positive(String name, double value) {
    check(value > 0 && value < Double.POSITIVE_INFINITY, name, "> 0 and finite", value);
  }

  /** Requires that {@code value} is 0 or more and finite. */
  public static void notNegative(String name, double value) {
    check(value >= 0 && value < Double.POSITIVE_INFINITY, name, ">= 0 and finite", value);
  }

  /** Requires that {@code value} is {@code least} or more. */
  public static void atLeast(int least, String name, int value) {
    check(value >= least, name, ">= " + least, value);
  }

  /** Requires that {@code value} is {@code most} or less. */
  public static void atMost(int most, String name, int value) {
    check(value <= most, name, "<= " + most, value);
  }

  /** Requires that {@code value} is in [0, 1). */
  public static void rate(String name, double value) {
    check(value >= 0 && value < 1, name, "in [0, 1)", value);
  }

  /** Requires that {@code value} is in [0, 1]. */
  public static void fraction(String name, double value) {
    check(value >= 0 && value <= 1, name, "in [0, 1]", value);
  }

  private static void check(boolean holds, String name, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + rule + ", got " + value);
    }
  }
}

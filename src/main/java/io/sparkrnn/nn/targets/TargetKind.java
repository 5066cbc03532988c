package io.sparkrnn.nn.targets;

/** The kinds of {@link Targets}. */
public enum TargetKind {
  /** One value for each sequence: a probability, a class index or a number. */
  SEQUENCE("one label", "one label", "labels of rows"),
  /** One value for each step of each sequence. */
  STEP("a label for each step", "one for each step", "labels of steps"),
  /** A sequence of ids for each sequence, of a length of its own. */
  IDS("a sequence of ids", "a sequence of ids", "sequences of ids");

  private final String needed;
  private final String given;
  private final String plural;

  TargetKind(String needed, String given, String plural) {
    this.needed = needed;
    this.given = given;
    this.plural = plural;
  }

  /** Returns what a shard of them has, for messages. */
  public String plural() {
    return plural;
  }

  /**
   * Checks that a row with targets of this kind may follow rows of another.
   *
   * @throws IllegalArgumentException if the kinds differ
   */
  void checkAfter(TargetKind before) {
    if (this != before) {
      throw new IllegalArgumentException(
          "rows must have " + before.needed + " like those before, got " + given);
    }
  }
}

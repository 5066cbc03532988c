package io.sparkrnn.nn.targets;

/** The kinds of {@link Targets}. */
public enum TargetKind {
  /** One value for each sequence: a probability, a class index or a number. */
  SEQUENCE("one label", "one label", "labels of rows", "add"),
  /** One value for each step of each sequence. */
  STEP("a label for each step", "one for each step", "labels of steps", "addSteps"),
  /** A sequence of ids for each sequence, of a length of its own. */
  IDS("a sequence of ids", "a sequence of ids", "sequences of ids", "addPair"),
  /** The values that come after each sequence, which is a window of a series. */
  WINDOW("the values after it", "the values after a window", "values after windows", "windows");

  private final String needed;
  private final String given;
  private final String plural;
  private final String method;

  TargetKind(String needed, String given, String plural, String method) {
    this.needed = needed;
    this.given = given;
    this.plural = plural;
    this.method = method;
  }

  /** Returns how those who have these lack others: "with labels of steps". */
  public String insteadOf(TargetKind needed) {
    return this == SEQUENCE ? " without; use " + needed.method : " with " + plural;
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

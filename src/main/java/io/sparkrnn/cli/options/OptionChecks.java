package io.sparkrnn.cli.options;

import io.sparkrnn.spark.input.InputException;

/** Rules of option values. */
public final class OptionChecks {
  private OptionChecks() {}

  /**
   * OptionChecks that a number is above zero.
   *
   * @throws InputException when it is not
   */
  public static void positive(String option, long value) {
    if (value <= 0) {
      throw new InputException(option + " must be > 0, got " + value);
    }
  }

  /**
   * OptionChecks that a number is above zero and finite.
   *
   * @throws InputException when it is not
   */
  public static void positive(String option, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InputException(option + " must be > 0 and finite, got " + value);
    }
  }

  /**
   * OptionChecks that a path, when there is one, is not blank.
   *
   * @throws InputException when it is
   */
  public static void path(String option, String path) {
    if (path != null && path.isBlank()) {
      throw new InputException(option + " must name a path, got '" + path + "'");
    }
  }

  /**
   * OptionChecks that a number is in [0, 1).
   *
   * @throws InputException when it is not
   */
  public static void fraction(String option, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new InputException(option + " must be in [0, 1), got " + value);
    }
  }
}

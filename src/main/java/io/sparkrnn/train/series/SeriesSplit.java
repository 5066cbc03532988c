package io.sparkrnn.train.series;

import java.io.Serializable;

/**
 * Which rows of a series are trained on, which validate and which test, by time: the first, those
 * after them, and the last.
 *
 * @param validation fraction of a series' rows that validate
 * @param test fraction that test
 */
public record SeriesSplit(double validation, double test) implements Serializable {
  /** A part of each series. */
  public enum Part {
    TRAINING,
    VALIDATION,
    TEST,
    ALL
  }

  public SeriesSplit {
    if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
      throw new IllegalArgumentException(
          "validationSplit and testSplit together must be in [0, 1), got %s and %s"
              .formatted(validation, test));
    }
  }

  /** Returns where the rows that are trained on end, of a series of so many. */
  public int trainingEnd(int rows) {
    return validationEnd(rows) - (int) Math.round(rows * validation);
  }

  private int validationEnd(int rows) {
    return rows - (int) Math.round(rows * test);
  }

  /** Returns the first row of a part. */
  public int from(Part part, int rows) {
    return switch (part) {
      case TRAINING, ALL -> 0;
      case VALIDATION -> trainingEnd(rows);
      case TEST -> validationEnd(rows);
    };
  }

  /** Returns where a part ends. */
  public int to(Part part, int rows) {
    return switch (part) {
      case TRAINING -> trainingEnd(rows);
      case VALIDATION -> validationEnd(rows);
      case TEST, ALL -> rows;
    };
  }
}

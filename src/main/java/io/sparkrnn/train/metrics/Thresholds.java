package io.sparkrnn.train.metrics;

import java.io.Serializable;

/**
 * Which class is predicted: the one with the largest probability by threshold, the first of equals.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records. Immutable.
 */
public final class Thresholds implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Thresholds NONE = new Thresholds(new double[0]);

  private final double[] values;

  private Thresholds(double[] values) {
    this.values = values;
  }

  /** Returns what predicts the most probable class. */
  public static Thresholds none() {
    return NONE;
  }

  /**
   * Returns thresholds.
   *
   * @param values one per class, as Spark ML's {@code thresholds}. Copied, not modified.
   */
  public static Thresholds of(double... values) {
    return new Thresholds(values.clone());
  }

  /** Returns how many classes have a threshold, 0 for {@link #none}. */
  public int size() {
    return values.length;
  }

  /** Checks that they are of so many classes, or none. */
  void check(int classes) {
    if (values.length > 0 && values.length != classes) {
      throw new IllegalArgumentException(
          "thresholds must have " + classes + " values, got " + values.length);
    }
  }

  /**
   * Returns the predicted class.
   *
   * @param probability one per class. Not modified.
   */
  public int predicted(double[] probability) {
    int best = 0;
    for (int k = 1; k < probability.length; k++) {
      if (scaled(probability, k) > scaled(probability, best)) {
        best = k;
      }
    }
    return best;
  }

  private double scaled(double[] probability, int k) {
    double p = probability[k];
    if (values.length == 0) {
      return p;
    }
    return values[k] == 0 && p == 0 ? 0 : p / values[k];
  }
}

package io.sparkrnn.spark;

import java.io.Serializable;

/**
 * Which labels are good: class indices below a bound, or any finite number.
 *
 * @param classes bound of the class indices, 0 for numbers
 */
record LabelRule(int classes) implements Serializable {
  /**
   * The most classes that are found in the labels themselves: more are likely not class indices.
   */
  static final int MAX_CLASSES = 1000;

  /** Returns the rule for training with a loss of this name. */
  static LabelRule of(String loss) {
    return switch (loss) {
      case "mean_squared_error" -> new LabelRule(0);
      case "binary_crossentropy" -> new LabelRule(2);
      default -> new LabelRule(MAX_CLASSES);
    };
  }

  /** Returns why a label is refused, or null when it is not. */
  Refusal check(Object label) {
    if (label == null) {
      return Refusal.NULL_LABEL;
    }
    double value = (double) label;
    boolean good =
        classes == 0
            ? Float.isFinite((float) value)
            : value >= 0 && value < classes && value == Math.rint(value);
    return good ? null : Refusal.UNKNOWN_LABEL;
  }
}

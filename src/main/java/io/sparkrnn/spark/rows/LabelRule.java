package io.sparkrnn.spark.rows;

import java.io.Serializable;

/**
 * Which labels are good: class indices below a bound, or any finite number.
 *
 * @param classes bound of the class indices, 0 for numbers
 */
public record LabelRule(int classes) implements Serializable {
  /**
   * The most classes that are found in the labels themselves: more are likely not class indices.
   */
  public static final int MAX_CLASSES = 1000;

  /** Returns the rule for classes, of which the labels themselves say how many there are. */
  public static LabelRule ofClasses() {
    return new LabelRule(MAX_CLASSES);
  }

  /** Returns whether labels are numbers, not classes. */
  public boolean areNumbers() {
    return classes == 0;
  }

  /** Returns why a label is refused, or null when it is not. */
  public String refusal(Object label) {
    if (label == null) {
      return "label is null";
    }
    double value = (double) label;
    if (areNumbers()) {
      return Float.isFinite((float) value) ? null : "label " + value + " is not finite";
    }
    if (value != Math.rint(value)) {
      return "label " + value + " is no class index";
    }
    return value >= 0 && value < classes ? null : outside(value, classes);
  }

  /** Returns why a label is refused that is a number but none of so many class indices. */
  static String outside(double label, int classes) {
    boolean whole = label == (long) label;
    return "label %s is outside [0, %d)"
        .formatted(whole ? Long.toString((long) label) : Double.toString(label), classes);
  }

  /** Returns which labels are good, for the message of those who gave others. */
  String accepted() {
    String names = " or names (neg, negative, false; pos, positive, true)";
    return switch (classes) {
      case 0 -> "labels must be numbers";
      case 2 -> "labels must be 0 and 1" + names;
      default -> "labels must be class indices 0, 1, 2 ... without gaps" + names;
    };
  }
}

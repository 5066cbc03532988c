package io.sparkrnn.spark.rows;

import io.sparkrnn.nn.HeadSpec;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which labels are good: class indices below a bound, any finite number, or names for each step.
 *
 * @param classes bound of the class indices, 0 for numbers
 * @param names the indices of names, where each step has one; empty where a row has a number
 */
public record LabelRule(int classes, Map<String, Integer> names) implements Serializable {
  /**
   * The most classes that are found in the labels themselves: more are likely not class indices.
   */
  public static final int MAX_CLASSES = 1000;

  /** Creates the rule for one number a row. */
  public LabelRule(int classes) {
    this(classes, Map.of());
  }

  /** Returns the rule for a name for each step, in the order of their indices. */
  public static LabelRule ofSteps(List<String> names) {
    Map<String, Integer> indices = new HashMap<>();
    names.forEach(name -> indices.put(name, indices.size()));
    return new LabelRule(names.size(), Map.copyOf(indices));
  }

  /** Returns the rule for what a head is trained on. */
  public static LabelRule of(HeadSpec head) {
    return head.labels().isEmpty() ? new LabelRule(head.classes()) : ofSteps(head.labels());
  }

  /** Returns whether each step has a label. */
  public boolean areOfSteps() {
    return !names.isEmpty();
  }

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

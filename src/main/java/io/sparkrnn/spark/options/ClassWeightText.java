package io.sparkrnn.spark.options;

import io.sparkrnn.train.config.ClassWeights;
import java.util.Map;
import java.util.TreeMap;

/** Class weights as a parameter writes them: {@code balanced} or {@code 0=1.0,1=2.5}. */
public final class ClassWeightText {
  /** The rule of such texts. */
  public static final OptionRule RULE =
      new OptionRule(
          "balanced or classes and weights >= 0, each class once, such as 0=1.0,1=2.5",
          text -> isGood((String) text));

  private static final String BALANCED = "balanced";

  private ClassWeightText() {}

  private static boolean isGood(String text) {
    try {
      return text.isBlank()
          || text.equals(BALANCED)
          || parse(text).values().stream().allMatch(w -> w >= 0 && w <= Float.MAX_VALUE);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Returns the weights that a text which fulfils the rule stands for.
   *
   * @param counts training rows of each class, for balanced weights. Not modified.
   * @throws IllegalArgumentException if it names a class that there is not
   */
  public static ClassWeights weights(String text, long[] counts) {
    if (text.isBlank()) {
      return ClassWeights.none();
    }
    return text.equals(BALANCED)
        ? ClassWeights.balanced(counts)
        : ClassWeights.of(parse(text), counts.length);
  }

  private static Map<Integer, Double> parse(String text) {
    Map<Integer, Double> weights = new TreeMap<>();
    for (String pair : text.split(",", -1)) {
      String[] sides = pair.split("=", -1);
      if (sides.length != 2
          || weights.put(Integer.valueOf(sides[0].strip()), Double.valueOf(sides[1].strip()))
              != null) {
        throw new IllegalArgumentException(pair);
      }
    }
    return weights;
  }
}

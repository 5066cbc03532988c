package io.sparkrnn.spark.options;

import java.util.Arrays;
import java.util.function.Function;

/** The types of options, and how their values are written. */
public enum OptionType {
  /** An int. */
  INTEGER("N", "a whole number", Integer::valueOf),
  /** A long. */
  LONG("N", "a whole number", Long::valueOf),
  /** A double. */
  DOUBLE("X", "a number", Double::valueOf),
  /** A boolean. */
  BOOLEAN("true|false", "true or false", OptionType::bool),
  /** An array of doubles. */
  NUMBERS("X,X..", "numbers with commas between", OptionType::numbers),
  /** A string. */
  TEXT("TEXT", "a text", text -> text);

  private final String label;
  private final String rule;
  private final Function<String, Object> parser;

  OptionType(String label, String rule, Function<String, Object> parser) {
    this.label = label;
    this.rule = rule;
    this.parser = parser;
  }

  /** Returns what stands for a value in the usage help. */
  public String label() {
    return label;
  }

  /**
   * Returns the value of a text.
   *
   * @throws IllegalArgumentException when it is none of this type
   */
  public Object parse(String text) {
    try {
      return parser.apply(text.trim());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be " + rule + ", got '" + text + "'", e);
    }
  }

  private static Object bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Object numbers(String text) {
    return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
  }
}

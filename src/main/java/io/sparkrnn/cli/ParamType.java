package io.sparkrnn.cli;

import java.util.Arrays;
import java.util.function.Function;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.FloatParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The types of parameters that an option can hold, and how their values are written. */
enum ParamType {
  INTEGER("N", "a whole number", Integer::valueOf),
  LONG("N", "a whole number", Long::valueOf),
  FLOAT("X", "a number", Float::valueOf),
  DOUBLE("X", "a number", Double::valueOf),
  BOOLEAN("true|false", "true or false", ParamType::bool),
  NUMBERS("X,X..", "numbers with commas between", ParamType::numbers),
  TEXT("TEXT", "a text", text -> text);

  private final String label;
  private final String rule;
  private final Function<String, Object> parser;

  ParamType(String label, String rule, Function<String, Object> parser) {
    this.label = label;
    this.rule = rule;
    this.parser = parser;
  }

  /** Returns the type of a parameter, by its class or, where that says nothing, by its default. */
  static ParamType of(Params stage, Param<?> param) {
    Object standard = stage.hasDefault(param) ? stage.getDefault(param).get() : null;
    if (param instanceof IntParam || standard instanceof Integer) {
      return INTEGER;
    } else if (param instanceof LongParam || standard instanceof Long) {
      return LONG;
    } else if (param instanceof FloatParam || standard instanceof Float) {
      return FLOAT;
    } else if (param instanceof DoubleParam || standard instanceof Double) {
      return DOUBLE;
    } else if (param instanceof BooleanParam || standard instanceof Boolean) {
      return BOOLEAN;
    } else if (param instanceof DoubleArrayParam) {
      return NUMBERS;
    }
    return TEXT;
  }

  /** Returns what stands for a value in the usage help. */
  String label() {
    return label;
  }

  /**
   * Returns the value of a text.
   *
   * @throws IllegalArgumentException when it is none of this type
   */
  Object parse(String text) {
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

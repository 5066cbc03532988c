package io.sparkrnn.spark;

import java.io.Serializable;
import java.util.List;
import scala.Function1;

/**
 * Rules of parameter values, as Spark's {@code ParamValidators}, but with messages that state name,
 * rule and value.
 */
final class ParamRules {
  private ParamRules() {}

  /** A rule that throws where Spark's would return false. */
  private interface Rule<T> extends Function1<T, Object>, Serializable {}

  static Function1<String, Object> oneOf(String name, String... values) {
    List<String> allowed = List.of(values);
    return rule(name, "one of " + String.join(", ", allowed), allowed::contains);
  }

  static Function1<Object, Object> atLeast(String name, int least) {
    return rule(name, ">= " + least, value -> ((Number) value).intValue() >= least);
  }

  static Function1<Object, Object> atLeast(String name, double least) {
    return rule(
        name,
        ">= " + brief(least),
        value -> number(value) >= least && number(value) < Double.POSITIVE_INFINITY);
  }

  static Function1<Object, Object> above(String name, double bound) {
    return rule(
        name,
        "> " + brief(bound),
        value -> number(value) > bound && number(value) < Double.POSITIVE_INFINITY);
  }

  /** More than {@code from} and less than {@code to}. */
  static Function1<Object, Object> between(String name, double from, double to) {
    return rule(
        name,
        "in (" + brief(from) + ", " + brief(to) + ")",
        value -> number(value) > from && number(value) < to);
  }

  static Function1<Object, Object> rate(String name) {
    return rule(name, "in [0, 1)", value -> number(value) >= 0 && number(value) < 1);
  }

  static Function1<Object, Object> fraction(String name) {
    return rule(name, "in [0, 1]", value -> number(value) >= 0 && number(value) <= 1);
  }

  static Function1<Object, Object> checkpointInterval(String name) {
    return rule(name, ">= 1 or -1", value -> (int) value >= 1 || (int) value == -1);
  }

  static Function1<String, Object> units(String name) {
    return rule(
        name,
        "numbers > 0, separated by commas",
        value -> value.matches("\\s*0*[1-9]\\d{0,6}\\s*(,\\s*0*[1-9]\\d{0,6}\\s*)*"));
  }

  static Function1<double[], Object> thresholds(String name) {
    return rule(name, ">= 0 with at most one 0", ParamRules::areThresholds);
  }

  private static boolean areThresholds(double[] values) {
    int zeros = 0;
    for (double value : values) {
      if (!(value >= 0)) {
        return false;
      }
      zeros += value == 0 ? 1 : 0;
    }
    return zeros <= 1 && values.length > 1;
  }

  /** What a value has to fulfil. */
  interface Test<T> extends Serializable {
    boolean holds(T value);
  }

  static <T> Function1<T, Object> rule(String name, String rule, Test<T> test) {
    Rule<T> checked =
        value -> {
          if (!test.holds(value)) {
            throw new IllegalArgumentException(name + " must be " + rule + ", got " + shown(value));
          }
          return true;
        };
    return checked;
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static String shown(Object value) {
    return value instanceof double[] values
        ? java.util.Arrays.toString(values)
        : String.valueOf(value);
  }

  private static String brief(double bound) {
    return bound == (long) bound ? Long.toString((long) bound) : Double.toString(bound);
  }
}

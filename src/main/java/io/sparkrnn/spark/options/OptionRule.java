package io.sparkrnn.spark.options;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import scala.Function1;

/**
 * What a value has to fulfil, as Spark's {@code ParamValidators}, but with messages that state
 * name, rule and value.
 *
 * @param text the rule in words that follow "must be", empty when there is none
 * @param test whether a value fulfils it; may also throw a message of its own
 */
public record OptionRule(String text, Test test) implements OptionRow.Trait, Serializable {
  /** Every value. */
  public static final OptionRule ANY = new OptionRule("", value -> true);

  /** A fraction that is not everything. */
  public static final OptionRule RATE = number("in [0, 1)", value -> value >= 0 && value < 1);

  /** A fraction that may be everything. */
  public static final OptionRule FRACTION = number("in [0, 1]", value -> value >= 0 && value <= 1);

  /** How often something is done, -1 for never. */
  public static final OptionRule INTERVAL =
      number(">= 1 or -1", value -> value >= 1 || value == -1);

  /** Units of stacked layers. */
  public static final OptionRule UNITS =
      new OptionRule(
          "numbers > 0, separated by commas",
          value -> ((String) value).matches("\\s*0*[1-9]\\d{0,6}\\s*(,\\s*0*[1-9]\\d{0,6}\\s*)*"));

  /** Names of columns, at least one. */
  public static final OptionRule NAMES =
      new OptionRule("names, separated by commas", value -> !((String) value).matches("[\\s,]*"));

  /** Cycles of the calendar, or none. */
  public static final OptionRule CYCLES =
      new OptionRule(
          "hour, weekday, month and yearday, separated by commas, or empty",
          value ->
              ((String) value)
                  .matches(
                      "\\s*|\\s*(hour|weekday|month|yearday)(\\s*,\\s*(hour|weekday|month|yearday))*\\s*"));

  /** Probabilities, or none. */
  public static final OptionRule QUANTILES =
      new OptionRule(
          "numbers in (0, 1), separated by commas, or empty",
          value -> ((String) value).matches("\\s*|\\s*0?\\.\\d+(\\s*,\\s*0?\\.\\d+)*\\s*"));

  /** Spark's rule of thresholds. */
  public static final OptionRule THRESHOLDS =
      new OptionRule(">= 0 with at most one 0", value -> areThresholds((double[]) value));

  /** Tells whether a value fulfils a rule. */
  @FunctionalInterface
  interface Test extends Serializable {
    boolean holds(Object value);
  }

  /** A test of numbers, whole or not. */
  private interface NumberTest extends DoublePredicate, Serializable {}

  /** A rule that throws where Spark's would return false. */
  private interface Validator<T> extends Function1<T, Object>, Serializable {}

  public static OptionRule oneOf(String... values) {
    List<String> allowed = List.of(values);
    return new OptionRule("one of " + String.join(", ", allowed), allowed::contains);
  }

  public static OptionRule atLeast(double least) {
    return number(
        ">= " + brief(least), value -> value >= least && value < Double.POSITIVE_INFINITY);
  }

  public static OptionRule above(double bound) {
    return number("> " + brief(bound), value -> value > bound && value < Double.POSITIVE_INFINITY);
  }

  public static OptionRule between(double from, double to) {
    return number(
        "in (%s, %s)".formatted(brief(from), brief(to)), value -> value > from && value < to);
  }

  public static OptionRule within(double least, double most) {
    return number(
        "in [%s, %s]".formatted(brief(least), brief(most)),
        value -> value >= least && value <= most);
  }

  private static OptionRule number(String text, NumberTest test) {
    return new OptionRule(text, value -> test.test(((Number) value).doubleValue()));
  }

  private static boolean areThresholds(double[] values) {
    return values.length > 1
        && Arrays.stream(values).allMatch(value -> value >= 0)
        && Arrays.stream(values).filter(value -> value == 0).count() <= 1;
  }

  /** Returns Spark's form of the rule for a parameter of this name. */
  <T> Function1<T, Object> of(String name) {
    Validator<T> validator =
        value -> {
          if (!test.holds(value)) {
            throw new IllegalArgumentException(name + " must be " + text + ", got " + shown(value));
          }
          return true;
        };
    return validator;
  }

  private static String shown(Object value) {
    return value instanceof double[] values ? Arrays.toString(values) : String.valueOf(value);
  }

  private static String brief(double bound) {
    return bound == (long) bound ? Long.toString((long) bound) : Double.toString(bound);
  }
}

package io.sparkrnn.cli;

import io.sparkrnn.spark.input.InputException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Options that are read only when another option has certain values.
 *
 * <p>One that nothing reads is a mistake on the command line; a configuration file may keep it for
 * variants of its training.
 *
 * @param other the other option, without dashes
 * @param values pattern of the values with which the options are read
 * @param condition the other option with these values, in words
 * @param read the options, without dashes
 */
record ReadWith(String other, String values, String condition, List<String> read) {
  private static final String POSITIVE = "[1-9]\\d*";
  private static final String SOMETHING = "(?s).+";

  private static final List<ReadWith> ALL =
      List.of(
          oneOf("optimizer", List.of("sgd"), "nesterov"),
          oneOf("optimizer", List.of("sgd", "rmsprop"), "momentum"),
          oneOf("optimizer", List.of("rmsprop"), "rho"),
          oneOf("optimizer", List.of("adam", "adamw"), "beta1", "beta2"),
          oneOf("optimizer", List.of("rmsprop", "adam", "adamw"), "epsilon"),
          oneOf("schedule", List.of("exponential"), "decay-rate"),
          oneOf("schedule", List.of("cosine"), "alpha"),
          oneOf("schedule", List.of("exponential", "cosine"), "decay-epochs"),
          oneOf("outer-update", List.of("nesterov"), "outer-momentum"),
          oneOf("layer", List.of("gru"), "reset-after"),
          oneOf("bidirectional", List.of("true"), "merge-mode"),
          when(
              "plateau-patience",
              POSITIVE,
              "with --plateau-patience > 0",
              "plateau-factor",
              "plateau-min-delta",
              "plateau-cooldown",
              "min-learning-rate"),
          when("pretrained-vectors", SOMETHING, "with --pretrained-vectors", "missing-vectors"),
          when("input", "", "without --input", "sample"));

  private static ReadWith oneOf(String other, List<String> values, String... options) {
    String condition = "with --" + other + " " + String.join(" or ", values);
    return when(other, String.join("|", values), condition, options);
  }

  private static ReadWith when(String other, String values, String condition, String... options) {
    return new ReadWith(other, values, condition, List.of(options));
  }

  /** Returns every option that the rules name. */
  static Stream<String> options() {
    return ALL.stream()
        .flatMap(rule -> Stream.concat(Stream.of(rule.other()), rule.read().stream()));
  }

  /**
   * Checks that each option given is read.
   *
   * @param given options of the command line, without dashes. Not modified.
   * @param value tells the value of an option, empty when it has none
   * @throws InputException when one is not
   */
  static void check(Set<String> given, Function<String, String> value) {
    for (ReadWith rule : ALL) {
      String actual = value.apply(rule.other());
      for (String option : rule.read()) {
        if (given.contains(option) && !actual.matches(rule.values())) {
          throw new InputException(
              "--%s is read %s only, got %s"
                  .formatted(option, rule.condition(), actual.isEmpty() ? "none" : actual));
        }
      }
    }
  }
}

package io.sparkrnn.cli.options;

import java.util.Locale;
import java.util.Map;

/**
 * How options are spelled.
 *
 * <p>A parameter of a Spark ML stage becomes an option in lower case with dashes: {@code batchSize}
 * is {@code --batch-size}. The parameter's own spelling is accepted too, and Keras's {@code
 * batch_size}; the field's words stand for two of Spark's, {@code maxIter} is {@code --epochs},
 * {@code stepSize} is {@code --learning-rate}, and {@code initialModel} is {@code --start-from}.
 */
public final class OptionNames {
  private static final Map<String, String> FIELD_WORDS =
      Map.of("max-iter", "epochs", "step-size", "learning-rate", "initial-model", "start-from");

  private OptionNames() {}

  /** Returns the option, without leading dashes, of a name in any accepted spelling. */
  public static String canonical(String name) {
    String dashed =
        name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    return FIELD_WORDS.getOrDefault(dashed, dashed);
  }

  /** Returns an argument with its option, when it is one, in the canonical spelling. */
  public static String canonicalArgument(String argument) {
    if (!argument.startsWith("--")) {
      return argument;
    }
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
    return "--" + canonical(name) + (equals < 0 ? "" : argument.substring(equals));
  }
}

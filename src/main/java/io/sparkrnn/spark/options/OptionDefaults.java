package io.sparkrnn.spark.options;

import io.sparkrnn.io.Fingerprint;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.train.config.TrainingConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The defaults of the options, which are those of the engine's configuration. */
final class OptionDefaults {
  private static final Map<String, Object> SETTINGS = settings();

  private OptionDefaults() {}

  /** Those of the default configuration, and those of optimizers that are not the default. */
  private static Map<String, Object> settings() {
    Map<String, Object> settings = new TreeMap<>(Fingerprint.settings(TrainingConfig.defaults()));
    for (OptimizerSpec other :
        List.of(OptimizerSpec.AdamW.defaults(), OptimizerSpec.Sgd.defaults())) {
      Fingerprint.settings((Record) other)
          .forEach((name, value) -> settings.putIfAbsent("optimizer." + name, value));
    }
    return settings;
  }

  /**
   * Returns the default of an option, of the option's type, if it has one.
   *
   * @throws IllegalStateException if several settings have its name
   */
  static Optional<Object> of(OptionRow row) {
    return row.trait(OptionRow.Standard.class)
        .map(OptionRow.Standard::value)
        .or(() -> setting(row).map(value -> row.type() == OptionType.TEXT ? word(value) : value));
  }

  private static Optional<Object> setting(OptionRow row) {
    String path = row.trait(OptionRow.At.class).map(OptionRow.At::path).orElse(row.name());
    if (SETTINGS.containsKey(path)) {
      return Optional.of(SETTINGS.get(path));
    }
    List<String> paths =
        SETTINGS.keySet().stream().filter(name -> name.endsWith("." + path)).toList();
    if (paths.size() > 1) {
      throw new IllegalStateException(
          "option %s must be at one of %s; say at which".formatted(row.name(), paths));
    }
    return paths.stream().findFirst().map(SETTINGS::get);
  }

  /** Returns the word that stands for a constant, or for one of several records. */
  private static String word(Object value) {
    String name = value instanceof Enum<?> constant ? constant.name() : String.valueOf(value);
    return name.toLowerCase(Locale.ROOT);
  }
}

package io.sparkrnn.cli.training;

import io.sparkrnn.cli.options.OptionNames;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.RnnEstimator;
import io.sparkrnn.spark.RnnForecaster;
import io.sparkrnn.spark.RnnLanguageModel;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.LanguageParams;
import io.sparkrnn.spark.params.NetworkSetup;
import io.sparkrnn.text.TextUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What a training is for: the estimator, and which options it reads. */
public enum Task {
  /** A class, or a number, for each review. */
  CLASSIFY(
      RnnClassifier::new,
      true,
      Unread.with(
          Unread.FORECAST,
          "unit",
          "segmentLength",
          "tieEmbedding",
          "softmaxSamples",
          "sampleAbove")),
  /** What token comes next. */
  LANGUAGE_MODEL(
      RnnLanguageModel::new,
      false,
      Unread.with(
          Unread.FORECAST,
          "loss",
          "labelSmoothing",
          "classWeight",
          "pooling",
          "wordDropout",
          "poolBatches",
          "wide",
          "bidirectional",
          "goBackwards",
          "vectorSize",
          "maskZero",
          "weightCol",
          "pretraining",
          "selfTraining",
          "selfTrainingFraction")),
  /** The values that come after those of a series. */
  FORECAST(
      RnnForecaster::new,
      true,
      Unread.with(
          NetworkSetup.ofTokens(),
          "labelCol",
          "weightCol",
          "groupCol",
          "validationIndicatorCol",
          "thresholds",
          "labelSmoothing",
          "classWeight",
          "initialModel",
          "textCol",
          "minCount",
          "maxLength",
          "padding",
          "truncating",
          "unit",
          "segmentLength",
          "tieEmbedding",
          "softmaxSamples",
          "sampleAbove"));

  /** Names of options that tasks do not read. */
  private static final class Unread {
    static final List<String> FORECAST =
        List.of(
            "seriesCol",
            "timeCol",
            "valueCols",
            "covariateCols",
            "window",
            "horizon",
            "season",
            "gaps",
            "calendar",
            "quantiles");

    static List<String> with(List<String> some, String... others) {
      return Stream.concat(some.stream(), Stream.of(others)).toList();
    }
  }

  private final Supplier<RnnEstimator<?, ?>> estimator;
  private final boolean truncates;
  private final List<String> unread;

  Task(Supplier<RnnEstimator<?, ?>> estimator, boolean truncates, List<String> unread) {
    this.estimator = estimator;
    this.truncates = truncates;
    this.unread = unread;
  }

  /** Returns the name that commands know it by. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns a new estimator. */
  RnnEstimator<?, ?> estimator() {
    return estimator.get();
  }

  /** Returns whether long texts are cut unless somebody says something else. */
  boolean truncates() {
    return truncates;
  }

  /** Returns what texts are cut into. */
  TextUnit unit(RnnEstimator<?, ?> stage) {
    return stage instanceof LanguageParams<?> language
        ? TextUnit.valueOf(language.getUnit().toUpperCase(Locale.ROOT))
        : TextUnit.WORD;
  }

  /** Returns the parameters that it does not read. */
  List<String> unread() {
    return unread;
  }

  /**
   * Checks that options are read.
   *
   * @param given options of the command line, without dashes. Not modified.
   * @throws InputException when one is not
   */
  void checkRead(Set<String> given) {
    for (String name : unread) {
      String option = OptionNames.canonical(name);
      if (given.contains(option)) {
        throw new InputException(
            "--%s is not read with --task %s; leave it out".formatted(option, word()));
      }
    }
  }

  /** Reads the names of tasks. */
  public static final class Names implements CommandLine.ITypeConverter<Task> {
    @Override
    public Task convert(String value) {
      return Arrays.stream(values())
          .filter(task -> task.word().equals(value.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new CommandLine.TypeConversionException(
                      "must be one of "
                          + Arrays.stream(values())
                              .map(Task::word)
                              .collect(Collectors.joining(", "))
                          + ", got '"
                          + value
                          + "'"));
    }
  }
}

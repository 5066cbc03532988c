package io.sparkrnn.cli.training;

import io.sparkrnn.cli.options.OptionNames;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.RnnEstimator;
import io.sparkrnn.spark.RnnForecaster;
import io.sparkrnn.spark.RnnLanguageModel;
import io.sparkrnn.spark.RnnRegressor;
import io.sparkrnn.spark.RnnTagger;
import io.sparkrnn.spark.RnnTranscriber;
import io.sparkrnn.spark.RnnTranslator;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.options.OptionRow;
import io.sparkrnn.spark.params.NetworkSetup;
import io.sparkrnn.spark.params.OptionTable;
import io.sparkrnn.spark.params.ParamGroup;
import io.sparkrnn.spark.params.UnitParams;
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
  /** A class for each review. */
  CLASSIFY(RnnClassifier::new, true, List.of()),
  /** A number for each review. */
  REGRESS(
      RnnRegressor::new,
      true,
      List.of(
          "labelSmoothing",
          "classWeight",
          "wide",
          "wideNgrams",
          "wideFeatures",
          "wideMinCount",
          "wideRegularization",
          "selfTraining",
          "selfTrainingFraction")),
  /** What token comes next. */
  LANGUAGE_MODEL(
      RnnLanguageModel::new,
      false,
      List.of(
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
      Stream.concat(
              NetworkSetup.ofTokens().stream(),
              Stream.of(
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
                  "truncating"))
          .toList()),
  /** A text in another language for each text. */
  TRANSLATE(
      RnnTranslator::new,
      true,
      List.of(
          "textCol",
          "labelCol",
          "loss",
          "classWeight",
          "pooling",
          "wordDropout",
          "wide",
          "goBackwards",
          "vectorSize",
          "maskZero",
          "padding",
          "pretraining",
          "selfTraining",
          "selfTrainingFraction")),
  /** Labels in their order, somewhere among the steps of vectors or audio. */
  TRANSCRIBE(
      RnnTranscriber::new,
      true,
      List.of("loss", "labelSmoothing", "classWeight", "pooling", "thresholds", "pretraining")),
  /** A label for each word. */
  TAG(
      RnnTagger::new,
      false,
      List.of(
          "textCol",
          "loss",
          "classWeight",
          "pooling",
          "wordDropout",
          "thresholds",
          "maskZero",
          "maxLength",
          "padding",
          "truncating",
          "wide",
          "wideNgrams",
          "wideFeatures",
          "wideMinCount",
          "wideRegularization",
          "pretraining",
          "selfTraining",
          "selfTrainingFraction"));

  private final Supplier<RnnEstimator<?, ?>> estimator;
  private final boolean truncates;
  private final List<String> ignored;

  Task(Supplier<RnnEstimator<?, ?>> estimator, boolean truncates, List<String> ignored) {
    this.estimator = estimator;
    this.truncates = truncates;
    this.ignored = ignored;
  }

  /** Returns the task that a loss is for when nobody names one. */
  static Task of(String loss) {
    return switch (loss) {
      case "mean_squared_error", "mean_absolute_error", "huber" -> REGRESS;
      default -> CLASSIFY;
    };
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
    if (stage instanceof RnnTranslator translator) {
      return translator.textUnit();
    }
    if (stage.labelsSteps()) {
      return TextUnit.GIVEN;
    }
    return stage instanceof UnitParams<?> some
        ? TextUnit.valueOf(some.getUnit().toUpperCase(Locale.ROOT))
        : TextUnit.WORD;
  }

  /** Returns the parameters that it does not read: those of other tasks, and those it ignores. */
  List<String> unread() {
    List<ParamGroup> own = OptionTable.groups(estimator());
    Stream<String> ofOthers =
        Arrays.stream(values())
            .flatMap(task -> OptionTable.groups(task.estimator()).stream())
            .filter(group -> !own.contains(group))
            .flatMap(group -> group.rows().stream())
            .map(OptionRow::name)
            .filter(name -> own.stream().noneMatch(group -> has(group, name)));
    return Stream.concat(ofOthers, ignored.stream()).distinct().toList();
  }

  private static boolean has(ParamGroup group, String name) {
    return group.rows().stream().anyMatch(row -> row.name().equals(name));
  }

  /**
   * Checks that options are read.
   *
   * @param given options of the command line, without dashes. Not modified.
   * @throws InputException when one is not
   */
  void checkRead(Set<String> given) {
    for (String name : unread()) {
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

package io.sparkrnn.cli;

import io.sparkrnn.cli.options.OptionChecks;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.cli.output.Places;
import io.sparkrnn.cli.reviews.ReviewColumn;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.RnnTaggerModel;
import io.sparkrnn.spark.files.InputPath;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.InputUse;
import io.sparkrnn.spark.input.ReviewReader;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The options of commands that use a model on reviews. */
final class ModelOptions {
  /** What becomes of rows that cannot be scored. */
  enum HandleInvalid {
    error,
    skip,
    keep
  }

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "directory of the model")
  private String directory;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description =
          "reviews: a directory with pos/ and neg/, or CSV, TSV, JSON lines or Parquet; for models"
              + " of audio also WAV files")
  private String input;

  @Option(
      names = "--text-col",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "column of texts (default: ${DEFAULT-VALUE})")
  private String textCol;

  @Option(
      names = "--features-col",
      paramLabel = "NAME",
      description =
          "models of vectors or ids: column of features (default: the one of the training)")
  private String featuresCol;

  @Option(
      names = "--audio-col",
      paramLabel = "NAME",
      description =
          "models of audio: column of WAV files or their paths (default: the one of the training)")
  private String audioCol;

  @Option(
      names = "--tokens-col",
      paramLabel = "NAME",
      description = "taggers: column of words (default: the one of the training)")
  private String tokensCol;

  @Option(
      names = "--handle-invalid",
      paramLabel = "WHAT",
      defaultValue = "keep",
      description =
          "what becomes of rows that cannot be scored, for they have no text or were not understood:"
              + " ${COMPLETION-CANDIDATES}: the command fails, the output is without them, or they have"
              + " no prediction and a reason (default: ${DEFAULT-VALUE})")
  private HandleInvalid handleInvalid;

  @Option(names = "--metrics", paramLabel = "FILE", description = "write the figures as JSON")
  private Path metrics;

  /**
   * Checks the options.
   *
   * @throws io.sparkrnn.spark.input.InputException when a path is blank
   */
  void check() {
    OptionChecks.path("--model", directory);
    OptionChecks.path("--input", input);
  }

  /** Returns the model's directory. */
  String directory() {
    return directory;
  }

  /** Returns the path of the reviews. */
  String input() {
    return input;
  }

  /** Whether rows that cannot be scored are left out of the output. */
  boolean skipsInvalid() {
    return handleInvalid == HandleInvalid.skip;
  }

  /**
   * Checks how many rows cannot be scored.
   *
   * @param reason of some of them
   * @throws InputException when there are any, and there must be none
   */
  void checkInvalid(long invalid, long rows, String reason) {
    if (invalid > 0 && handleInvalid == HandleInvalid.error) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%,d of %,d rows in %s cannot be scored (%s); mend them, or leave them out with"
                  + " --handle-invalid skip",
              invalid,
              rows,
              input,
              reason));
    }
  }

  /** Returns what becomes of rows that cannot be scored, as the option says it. */
  String handleInvalid() {
    return handleInvalid.name();
  }

  /** Returns the column that a model reads. */
  ReviewColumn column(RnnModel<?> model) {
    if (model.text() != null && model instanceof RnnTaggerModel tagger) {
      return new ReviewColumn(
          InputUse.TOKENS, tokensCol == null ? tagger.getTokensCol() : tokensCol);
    } else if (model.text() != null) {
      return new ReviewColumn(InputUse.TEXT, TranslationOptions.textCol(model, textCol));
    } else if (model.toLocal().features().isAudio()) {
      return new ReviewColumn(InputUse.AUDIO, audioCol == null ? model.getAudioCol() : audioCol);
    }
    return new ReviewColumn(
        InputUse.FEATURES, featuresCol == null ? model.getFeaturesCol() : featuresCol);
  }

  /** Returns the reader of rows that a model reads, and tells the model where they are. */
  ReviewReader reader(SparkSession spark, RnnModel<?> model, String labelCol) {
    ReviewColumn column = column(model);
    if (column.use() == InputUse.AUDIO) {
      model.setAudioDirectory(InputPath.find(spark, input).directory());
    }
    return new ReviewReader(spark, column.name(), labelCol)
        .setUse(column.use())
        .keepLabels(model.readsLabelsAsTheyAre())
        .setLabelsSteps(model.labelsSteps());
  }

  /**
   * Returns the places that are read.
   *
   * @throws io.sparkrnn.spark.input.InputException when the metrics would be written over one of
   *     them
   */
  Places places(SparkSession spark) {
    Places places =
        new Places(spark.sparkContext().hadoopConfiguration())
            .reading("model", directory)
            .reading("input", input);
    places.writingFile("metrics file", metrics);
    return places;
  }

  /** Returns the file for the metrics, after a look whether it can be written. */
  MetricsFile metricsFile() {
    return MetricsFile.at(metrics);
  }
}

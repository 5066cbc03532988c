package io.sparkrnn.cli.training;

import io.sparkrnn.cli.options.OptionChecks;
import io.sparkrnn.cli.output.Places;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.RnnEstimator;
import io.sparkrnn.spark.RnnTranslator;
import io.sparkrnn.spark.files.InputPath;
import io.sparkrnn.spark.input.CorpusGenerator;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.InputUse;
import io.sparkrnn.spark.input.ReviewReader;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Where the reviews of a training come from, and which of them are kept for the final test. */
public final class TrainingInputOptions {
  @Option(
      names = "--input",
      paramLabel = "PATH",
      description =
          "labelled reviews: a directory with pos/ and neg/, or CSV, TSV, JSON lines or Parquet; for"
              + " language models also texts: unsup/, or .txt files")
  private String path;

  @Option(
      names = "--text-col",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "column of texts (default: ${DEFAULT-VALUE})")
  private String textCol;

  @Option(
      names = "--labels",
      paramLabel = "NAMES",
      split = ",",
      description =
          "classes: names of the labels, separated by commas, in the order of their numbers (default:"
              + " those that are there, sorted, where labels are words)")
  private List<String> labels = List.of();

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "without --input: how many reviews to generate and train on")
  private Long sample;

  @Option(
      names = "--test-split",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "fraction of the reviews held out for the evaluation of the finished model (default:"
              + " ${DEFAULT-VALUE})")
  private double testSplit;

  @Option(
      names = "--test-input",
      paramLabel = "PATH",
      description = "labelled reviews for the evaluation of the finished model")
  private String testPath;

  /** Returns what a network reads of the rows. */
  static InputUse use(RnnEstimator<?, ?> estimator) {
    if (!estimator.getAudioCol().isEmpty()) {
      return InputUse.AUDIO;
    }
    if (estimator.isSet(estimator.featuresCol())) {
      return InputUse.FEATURES;
    }
    return estimator.labelsSteps() ? InputUse.TOKENS : InputUse.TEXT;
  }

  /** Returns the column that a network reads. */
  String column(RnnEstimator<?, ?> estimator) {
    return switch (use(estimator)) {
      case TEXT ->
          estimator instanceof RnnTranslator translator ? translator.getSourceCol() : textCol;
      case TOKENS -> estimator.textColumn(textCol);
      case FEATURES -> estimator.getFeaturesCol();
      case AUDIO -> estimator.getAudioCol();
    };
  }

  /** Adds what is read to the places of a command. */
  public void addTo(Places places) {
    places.reading("input", path).reading("test input", testPath);
  }

  /** Returns the fraction held out for the final evaluation. */
  double testSplit() {
    return testSplit;
  }

  /** Returns the last part of the input's path without ending. */
  public String name() {
    return path == null ? "sample" : new Path(path).getName().replaceFirst("(?<=.)\\..*$", "");
  }

  /** Returns where the reviews come from, in words. */
  String describe() {
    return path == null ? sample + " generated reviews" : path;
  }

  /**
   * Checks the options.
   *
   * @throws InputException when one is out of range or two contradict each other
   */
  public void check() {
    OptionChecks.path("--input", path);
    OptionChecks.path("--test-input", testPath);
    if (path == null && sample == null) {
      throw new InputException(
          "--input is missing; name the labelled reviews, or --sample N to train on generated ones");
    }
    if (sample != null) {
      OptionChecks.positive("--sample", sample);
    }
    OptionChecks.fraction("--test-split", testSplit);
    if (testSplit > 0 && testPath != null) {
      throw new InputException("--test-split and --test-input cannot be combined");
    }
  }

  /**
   * Checks that each of these options that was given is read; a configuration file may have others.
   *
   * @param given options of the command line, without dashes. Not modified.
   * @throws InputException when one is not
   */
  public void checkRead(Set<String> given) {
    if (path != null && given.contains("sample")) {
      throw new InputException("--sample is read without --input only, got " + path);
    }
  }

  /**
   * Returns the names of the classes that labels are words of; none where they are numbers.
   *
   * @throws InputException when they cannot be read
   */
  List<String> classes(SparkSession spark, RnnEstimator<?, ?> estimator) {
    if (!(estimator instanceof RnnClassifier)) {
      if (!labels.isEmpty()) {
        throw new InputException("--labels is read with --task classify; leave it out");
      }
      return List.of();
    }
    if (!labels.isEmpty()) {
      List<String> names = labels.stream().map(String::strip).toList();
      if (names.size() < 2 || names.contains("") || Set.copyOf(names).size() < names.size()) {
        throw new InputException(
            "--labels must be 2 or more different names, got " + String.join(",", names));
      }
      return names;
    }
    return path == null ? List.of() : reader(spark, estimator).classes(path);
  }

  /**
   * Reads or generates the reviews.
   *
   * @param estimator names the columns besides that of texts
   * @param classes names of the classes, none where labels are numbers
   * @throws InputException when there is no such column or it has another type
   */
  Dataset<Row> reviews(SparkSession spark, RnnEstimator<?, ?> estimator, List<String> classes) {
    ReviewReader reader =
        reader(spark, estimator)
            .setClasses(classes)
            .setWeightCol(estimator.getWeightCol())
            .setValidationIndicatorCol(estimator.getValidationIndicatorCol())
            .setGroupCol(estimator.getGroupCol());
    reader.checkColumns();
    if (path != null) {
      setDirectory(spark, path, estimator);
      return estimator.needsLabels() ? reader.read(path) : reader.readTexts(path);
    }
    if (!use(estimator).isOfWords()) {
      throw new InputException(
          "generated reviews are texts; name rows with --input for --%s-col"
              .formatted(use(estimator).word()));
    }
    if (estimator instanceof RnnTranslator) {
      throw new InputException(
          "generated reviews have no translations; name texts that have with --input");
    }
    if (!estimator.getWeightCol().isEmpty()
        || !estimator.getValidationIndicatorCol().isEmpty()
        || !estimator.getGroupCol().isEmpty()) {
      throw new InputException(
          "generated reviews have neither weights nor validation indicators nor groups;"
              + " name reviews that have with --input");
    }
    if (estimator.labelsSteps()) {
      return CorpusGenerator.generateTagged(spark, sample, estimator.getSeed())
          .withColumnRenamed("tokens", estimator.textColumn(textCol))
          .withColumnRenamed("label", estimator.getLabelCol());
    }
    return CorpusGenerator.generate(spark, sample, estimator.getSeed())
        .withColumnRenamed("text", textCol)
        .withColumnRenamed("label", estimator.getLabelCol());
  }

  private static void setDirectory(SparkSession spark, String path, RnnEstimator<?, ?> estimator) {
    if (use(estimator) == InputUse.AUDIO) {
      estimator.setAudioDirectory(InputPath.find(spark, path).directory());
    }
  }

  private ReviewReader reader(SparkSession spark, RnnEstimator<?, ?> estimator) {
    ReviewReader reader =
        new ReviewReader(spark, column(estimator), estimator.getLabelCol())
            .setUse(use(estimator))
            .keepLabels(estimator.readsLabelsAsTheyAre())
            .setLabelsSteps(estimator.labelsSteps());
    return estimator instanceof RnnTranslator translator
        ? reader.setTranslationCol(translator.getTargetCol())
        : reader;
  }

  /** Reads a table as it is, such as one of time series. */
  Dataset<Row> table(SparkSession spark) {
    if (path == null) {
      throw new InputException(
          "--input is missing; generated reviews are no series, name a table of them");
    }
    return ReviewReader.readTable(spark, InputPath.find(spark, path));
  }

  /** Reads the table of the final evaluation, null when there is no path to it. */
  Dataset<Row> testTable(SparkSession spark) {
    return testPath == null ? null : ReviewReader.readTable(spark, InputPath.find(spark, testPath));
  }

  /** Reads the reviews of the final evaluation, null when there is no path to them. */
  Dataset<Row> testReviews(SparkSession spark, RnnEstimator<?, ?> estimator, List<String> classes) {
    if (testPath == null) {
      return null;
    }
    ReviewReader reader = reader(spark, estimator).setClasses(classes);
    return estimator.needsLabels() ? reader.read(testPath) : reader.readTexts(testPath);
  }
}

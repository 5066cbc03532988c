package io.sparkrnn.cli;

import io.sparkrnn.cli.options.OptionChecks;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.cli.output.Places;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The options of commands that use a model on reviews. */
final class ModelOptions {
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
      description = "reviews: a directory with pos/ and neg/, or CSV, TSV, JSON lines or Parquet")
  private String input;

  @Option(
      names = "--text-col",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "column of texts (default: ${DEFAULT-VALUE})")
  private String textCol;

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

  /** Returns the column of texts. */
  String textCol() {
    return textCol;
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

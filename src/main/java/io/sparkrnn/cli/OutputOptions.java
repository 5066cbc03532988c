package io.sparkrnn.cli;

import io.sparkrnn.cli.options.OptionChecks;
import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.cli.output.OutputKind;
import io.sparkrnn.cli.output.Places;
import io.sparkrnn.cli.output.TableFormat;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Options of the commands that write a table. */
final class OutputOptions {
  @Option(
      names = "--output",
      required = true,
      paramLabel = "PATH",
      description = "directory to write, on any Hadoop file system; must not exist or be empty")
  private String path;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "parquet",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private TableFormat format;

  @Option(
      names = "--overwrite",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "replace the table that --output names")
  private boolean overwrite;

  /**
   * Checks the options.
   *
   * @throws io.sparkrnn.spark.input.InputException when the path is blank
   */
  void check() {
    OptionChecks.path("--output", path);
  }

  /** Returns the output's path as given. */
  String path() {
    return path;
  }

  /**
   * Prepares the output directory.
   *
   * @param places what is read
   * @throws io.sparkrnn.spark.input.InputException also when the output and one of the places
   *     overlap
   */
  AtomicOutput open(SparkSession spark, Places places) {
    places.writing("output", path);
    return AtomicOutput.open(
        OutputKind.TABLE, path, spark.sparkContext().hadoopConfiguration(), overwrite);
  }

  /**
   * Prepares the output directory, or goes on with what was left unfinished in it.
   *
   * @param places what is read
   * @throws io.sparkrnn.spark.input.InputException as {@link #open(SparkSession, Places)}
   */
  AtomicOutput open(SparkSession spark, Places places, boolean resume) {
    places.writing("output", path);
    return AtomicOutput.open(
        OutputKind.TABLE,
        path,
        spark.sparkContext().hadoopConfiguration(),
        AtomicOutput.Before.of(overwrite, resume));
  }

  /** Returns the format of the table. */
  TableFormat format() {
    return format;
  }

  /** Writes a table to the temporary place of an output. */
  void write(Dataset<Row> table, AtomicOutput target) {
    target.write(() -> format.write(table, target.temporary(), List.of()));
  }
}

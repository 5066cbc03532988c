package io.sparkrnn.cli;

import io.sparkrnn.cli.options.OptionChecks;
import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.cli.output.OutputKind;
import io.sparkrnn.cli.output.Places;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Option;

/** Options of the commands that write a table. */
final class OutputOptions {
  /** The file formats a table can be written in. */
  enum Format {
    parquet,
    csv,
    json
  }

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
  private Format format;

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

  /** Returns the format. */
  Format format() {
    return format;
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

  /** Writes a table to the temporary place of an output. */
  void write(Dataset<Row> table, AtomicOutput target) {
    DataFrameWriter<Row> writer =
        (format == Format.csv ? flat(table) : table).write().mode("overwrite");
    switch (format) {
      case parquet -> writer.parquet(target.temporary());
      case csv -> csv(writer).csv(target.temporary());
      case json -> writer.option("ignoreNullFields", false).json(target.temporary());
      default -> throw new IllegalStateException(format.name().toLowerCase(Locale.ROOT));
    }
  }

  /** Cells as they are, and quotes doubled, as RFC 4180 and every spreadsheet have it. */
  private static DataFrameWriter<Row> csv(DataFrameWriter<Row> writer) {
    return writer
        .option("header", true)
        .option("escape", "\"")
        .option("ignoreLeadingWhiteSpace", false)
        .option("ignoreTrailingWhiteSpace", false);
  }

  /** CSV has no arrays and records: they become JSON. */
  private static Dataset<Row> flat(Dataset<Row> table) {
    Column[] columns = new Column[table.columns().length];
    for (int i = 0; i < columns.length; i++) {
      StructField field = table.schema().fields()[i];
      Column column = functions.col("`" + field.name().replace("`", "``") + "`");
      columns[i] = isNested(field.dataType()) ? functions.to_json(column).as(field.name()) : column;
    }
    return table.select(columns);
  }

  private static boolean isNested(DataType type) {
    return type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
  }
}

package io.sparkrnn.spark.input;

import static org.apache.spark.sql.functions.encode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads CSV and TSV with a header; all columns are strings.
 *
 * <p>Spark decodes such files leniently, and undecodable bytes would be lost. So they are read as
 * Latin-1, in which every byte is a character, and the bytes are restored column by column; whether
 * they are valid UTF-8 can then be checked. Lines end with a line feed, and a carriage return
 * before it goes: one stray line end of the other kind must not swallow the rest of the file.
 */
final class DelimitedLines {
  static final String LINE_FEED = "\n";
  private static final String LATIN_1 = StandardCharsets.ISO_8859_1.name();

  private final SparkSession spark;
  private final char separator;

  DelimitedLines(SparkSession spark, char separator) {
    this.spark = spark;
    this.separator = separator;
  }

  /**
   * Returns the rows with the columns of the header, those that directories name and the reason of
   * refusal. A column of the header that a directory names too is the directory's.
   */
  Dataset<Row> open(InputPath input) {
    DelimitedHeader header = DelimitedHeader.read(spark, input, separator);
    List<String> names = header.names();
    List<String> directories = PartitionDirectories.columns(input);
    List<String> cells = cells(header, directories);
    Dataset<Row> rows = input.load(reader().schema(schema(cells, directories)));
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      if (!Columns.contains(directories, names.get(i))) {
        columns.add(decoded(cells.get(i), i == cells.size() - 1).as(names.get(i)));
      }
    }
    directories.forEach(name -> columns.add(Columns.named(name)));
    Column malformed = Columns.named(Columns.MALFORMED).isNotNull();
    columns.add(
        when(malformed, lit("the row does not have " + cells.size() + " columns"))
            .as(ReviewReader.REFUSED_COL));
    return rows.select(columns.toArray(new Column[0]));
  }

  /** The cells of the header: Spark warns of other names. */
  private static List<String> cells(DelimitedHeader header, List<String> directories) {
    List<String> cells = new ArrayList<>();
    for (String cell : header.cells()) {
      boolean taken = cell.isEmpty() || Columns.contains(directories, cell);
      cells.add(taken ? "_c" + cells.size() : cell);
    }
    return cells;
  }

  private static StructType schema(List<String> cells, List<String> directories) {
    StructType schema = new StructType();
    for (String cell : cells) {
      schema = schema.add(cell, DataTypes.StringType);
    }
    schema = schema.add(Columns.MALFORMED, DataTypes.StringType);
    for (String name : directories) {
      schema = schema.add(name, DataTypes.StringType);
    }
    return schema;
  }

  private static Column decoded(String cell, boolean last) {
    Column value = last ? withoutReturn(cell) : Columns.named(cell);
    return encode(value, LATIN_1).cast(DataTypes.StringType);
  }

  /** In SQL, because Spark warns of every call of its function with two arguments. */
  private static Column withoutReturn(String name) {
    return expr("trim(TRAILING '\\r' FROM " + Columns.quoted(name) + ")");
  }

  private DataFrameReader reader() {
    return spark
        .read()
        .format("csv")
        .option("header", true)
        .option("sep", String.valueOf(separator))
        .option("quote", "\"")
        .option("escape", "\"")
        .option("multiLine", true)
        .option("lineSep", LINE_FEED)
        .option("encoding", LATIN_1)
        .option("columnPruning", false)
        .option("columnNameOfCorruptRecord", Columns.MALFORMED);
  }
}

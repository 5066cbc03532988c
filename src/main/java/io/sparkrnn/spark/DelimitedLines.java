package io.sparkrnn.spark;

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
  private static final String LATIN_1 = StandardCharsets.ISO_8859_1.name();
  private static final String LINE_FEED = "\n";
  private static final String RETURN = "\r";
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final String MALFORMED = "_malformed";

  private final SparkSession spark;
  private final String separator;

  DelimitedLines(SparkSession spark, String separator) {
    this.spark = spark;
    this.separator = separator;
  }

  /** Returns the rows with the columns of the header and the reason of refusal. */
  Dataset<Row> open(InputPath input) {
    String[] names = input.load(reader()).columns();
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType);
    }
    StructType withMalformed = schema.add(MALFORMED, DataTypes.StringType);
    Dataset<Row> rows = input.load(reader().schema(withMalformed));
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      boolean last = columns.size() == names.length - 1;
      Column value = last ? withoutReturn(name) : Columns.named(name);
      columns.add(encode(value, LATIN_1).cast(DataTypes.StringType).as(decoded(name)));
    }
    Column malformed = Columns.named(MALFORMED).isNotNull();
    columns.add(
        when(malformed, lit("the row does not have " + names.length + " columns"))
            .as(ReviewReader.REFUSED_COL));
    return rows.select(columns.toArray(new Column[0]));
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
        .option("sep", separator)
        .option("quote", "\"")
        .option("escape", "\"")
        .option("multiLine", true)
        .option("lineSep", LINE_FEED)
        .option("encoding", LATIN_1)
        .option("enforceSchema", false)
        .option("columnPruning", false)
        .option("columnNameOfCorruptRecord", MALFORMED);
  }

  private static String decoded(String name) {
    String line = name.endsWith(RETURN) ? name.substring(0, name.length() - 1) : name;
    String text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    if (!text.startsWith(BYTE_ORDER_MARK)) {
      return text;
    }
    String plain = text.substring(1);
    boolean quoted = plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"");
    return quoted ? plain.substring(1, plain.length() - 1) : plain;
  }
}

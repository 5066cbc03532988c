package io.sparkrnn.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads one JSON object a line; blank lines are none.
 *
 * <p>The lines are read as bytes and checked before they are parsed. A first pass over all of them
 * finds the columns and their types.
 */
final class JsonLines {
  private static final String MALFORMED = "_malformed";

  private final SparkSession spark;
  private final String textCol;

  JsonLines(SparkSession spark, String textCol) {
    this.spark = spark;
    this.textCol = textCol;
  }

  /** Returns the rows with the columns of all objects and the reason of refusal. */
  Dataset<Row> open(InputPath input) {
    Column line = col("value");
    Dataset<Row> lines =
        input.load(spark.read().format("text")).select(line).where(trim(line).notEqual(""));
    StructType schema = schema(lines.where(is_valid_utf8(line)), input);
    Column parsed =
        from_json(
            when(is_valid_utf8(line), line),
            schema.add(MALFORMED, DataTypes.StringType),
            Map.of("columnNameOfCorruptRecord", MALFORMED));
    List<Column> columns = new ArrayList<>();
    for (String name : schema.fieldNames()) {
      columns.add(col("object").getField(name).as(name));
    }
    columns.add(
        when(not(is_valid_utf8(line)), "line is not valid UTF-8")
            .when(col("object").getField(MALFORMED).isNotNull(), "line is not a JSON object")
            .as(ReviewReader.REFUSED_COL));
    return lines.withColumn("object", parsed).select(columns.toArray(new Column[0]));
  }

  private StructType schema(Dataset<Row> lines, InputPath input) {
    StructType found =
        spark
            .read()
            .option("columnNameOfCorruptRecord", MALFORMED)
            .json(lines.select("value").as(Encoders.STRING()))
            .schema();
    StructType schema = new StructType();
    for (String name : found.fieldNames()) {
      if (!name.equals(MALFORMED) && !name.equals(ReviewReader.REFUSED_COL)) {
        schema = schema.add(found.apply(name));
      }
    }
    if (schema.isEmpty()) {
      throw new InputException("there is no JSON object in " + input.path());
    }
    return schema;
  }
}

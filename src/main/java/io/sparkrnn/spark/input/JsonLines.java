package io.sparkrnn.spark.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads one JSON object a line; blank lines are none.
 *
 * <p>The lines are read as bytes and checked before they are parsed. A first pass over all of them
 * finds the columns and their types.
 */
final class JsonLines {
  private static final String LINE = "_line";
  private static final String OBJECT = "_object";

  private final SparkSession spark;
  private final String textCol;

  JsonLines(SparkSession spark, String textCol) {
    this.spark = spark;
    this.textCol = textCol;
  }

  /**
   * Returns the rows with the columns of all objects, those that directories name and the reason of
   * refusal. A key of an object that a directory names too is the directory's.
   */
  Dataset<Row> open(InputPath input) {
    Column line = col(LINE);
    StructType lineOnly = new StructType().add(LINE, DataTypes.StringType);
    Dataset<Row> lines =
        input.load(spark.read().format("text").schema(lineOnly)).where(trim(line).notEqual(""));
    StructType schema = schema(lines.where(is_valid_utf8(line)), input);
    Column parsed =
        from_json(
            when(is_valid_utf8(line), line),
            schema.add(Columns.MALFORMED, DataTypes.StringType),
            Map.of("columnNameOfCorruptRecord", Columns.MALFORMED));
    List<Column> columns = new ArrayList<>();
    for (String name : schema.fieldNames()) {
      columns.add(col(OBJECT).getField(name).as(name));
    }
    directories(lines).forEach(name -> columns.add(Columns.named(name)));
    columns.add(
        when(not(is_valid_utf8(line)), "line is not valid UTF-8")
            .when(col(OBJECT).getField(Columns.MALFORMED).isNotNull(), "line is not a JSON object")
            .as(ReviewReader.REFUSED_COL));
    return lines.withColumn(OBJECT, parsed).select(columns.toArray(new Column[0]));
  }

  private static List<String> directories(Dataset<Row> lines) {
    return Arrays.stream(lines.columns()).filter(name -> !name.equals(LINE)).toList();
  }

  private StructType schema(Dataset<Row> lines, InputPath input) {
    StructType found =
        spark
            .read()
            .option("columnNameOfCorruptRecord", Columns.MALFORMED)
            .json(lines.select(LINE).as(Encoders.STRING()))
            .schema();
    List<String> taken = new ArrayList<>(directories(lines));
    taken.add(Columns.MALFORMED);
    StructType schema = new StructType();
    for (StructField field : ((StructType) withoutRepeats(found)).fields()) {
      if (!Columns.contains(taken, field.name())) {
        schema = schema.add(field);
      }
    }
    if (schema.isEmpty()) {
      throw new InputException("there is no JSON object in " + input.path());
    }
    Columns.requireUsable(List.of(schema.fieldNames()), input.path());
    return schema;
  }

  /**
   * A key that an object has twice is one column; rows get the last of its values, and all of them
   * as strings when they are of several types.
   */
  private static DataType withoutRepeats(DataType type) {
    if (type instanceof ArrayType array) {
      return new ArrayType(withoutRepeats(array.elementType()), array.containsNull());
    } else if (!(type instanceof StructType)) {
      return type;
    }
    Map<String, DataType> types = new LinkedHashMap<>();
    for (StructField field : ((StructType) type).fields()) {
      types.merge(
          field.name(),
          withoutRepeats(field.dataType()),
          (one, other) -> one.equals(other) ? one : DataTypes.StringType);
    }
    StructType struct = new StructType();
    for (Map.Entry<String, DataType> field : types.entrySet()) {
      struct = struct.add(field.getKey(), field.getValue());
    }
    return struct;
  }
}

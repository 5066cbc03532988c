package io.sparkrnn.spark.input;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/**
 * Gives the columns that say how examples are used, weights and validation indicators, their types:
 * delimited text has strings only.
 *
 * <p>A string that cannot be read is a reason of refusal; null and the empty string are null.
 */
final class ExampleColumns {
  private ExampleColumns() {}

  /**
   * Replaces strings in a column of weights by numbers.
   *
   * @throws InputException when the column can hold no weights
   */
  static Dataset<Row> parseWeights(Dataset<Row> rows, String name) {
    DataType type = rows.schema().apply(name).dataType();
    if (type instanceof NumericType || type instanceof BooleanType) {
      return rows;
    }
    requireString(type, name, "weights (numbers)");
    Column number = Columns.number(Columns.named(name));
    return parsed(rows, name, number, "weight '", "' is no number");
  }

  /**
   * Replaces strings in a column of validation indicators, {@code true} and {@code 1} or {@code
   * false} and {@code 0}, by booleans.
   *
   * @throws InputException when the column can hold no indicators
   */
  static Dataset<Row> parseIndicators(Dataset<Row> rows, String name) {
    DataType type = rows.schema().apply(name).dataType();
    if (type instanceof BooleanType) {
      return rows;
    }
    requireString(type, name, "true and false");
    Column word = lower(trim(Columns.named(name)));
    Column truth = when(word.isin("true", "1"), true).when(word.isin("false", "0"), false);
    return parsed(rows, name, truth, "validation indicator '", "' is neither true nor false");
  }

  private static Dataset<Row> parsed(
      Dataset<Row> rows, String name, Column value, String before, String after) {
    Column raw = Columns.named(name);
    Column given = raw.isNotNull().and(not(trim(raw).equalTo("")));
    Column reason =
        when(given.and(value.isNull()), concat(lit(before), Columns.shown(raw), lit(after)));
    return Columns.refuse(rows, reason).withColumn(name, value);
  }

  private static void requireString(DataType type, String name, String wanted) {
    if (!(type instanceof StringType)) {
      throw new InputException(
          "column '%s' must hold %s, got %s".formatted(name, wanted, type.simpleString()));
    }
  }
}

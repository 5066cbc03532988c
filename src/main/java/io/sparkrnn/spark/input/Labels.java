package io.sparkrnn.spark.input;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.isnan;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/**
 * Turns a column of labels into doubles.
 *
 * <p>Numbers stay, booleans become 0 and 1. Strings, whatever their case and the spaces around
 * them: {@code pos}, {@code positive} and {@code true} are 1, {@code neg}, {@code negative} and
 * {@code false} are 0, a finite number is that number; anything else is unknown. Null and the empty
 * string are no label.
 */
public final class Labels {
  private Labels() {}

  /**
   * Replaces the column by doubles and adds unknown labels to the reasons of refusal.
   *
   * @throws InputException when the column can hold no labels
   */
  static Dataset<Row> parse(Dataset<Row> rows, String labelCol) {
    Column raw = Columns.named(labelCol);
    DataType type = rows.schema().apply(labelCol).dataType();
    Column given = type instanceof StringType ? lower(trim(raw)) : raw;
    Column number = number(given, type, labelCol);
    Column finite = when(isFinite(number), number);
    Column missing =
        type instanceof StringType ? given.isNull().or(given.equalTo("")) : raw.isNull();
    Column reason =
        when(
            not(missing).and(finite.isNull()),
            concat(lit("label '"), Columns.shown(raw), lit("' is unknown")));
    return Columns.refuse(rows, reason).withColumn(labelCol, finite);
  }

  private static Column number(Column given, DataType type, String labelCol) {
    if (type instanceof StringType) {
      return when(given.isin("pos", "positive", "true"), 1.0)
          .when(given.isin("neg", "negative", "false"), 0.0)
          .otherwise(Columns.number(given));
    }
    if (type instanceof NumericType || type instanceof BooleanType) {
      return given.cast(DataTypes.DoubleType);
    }
    throw new InputException(
        "column '"
            + labelCol
            + "' must hold labels (numbers, booleans or strings), got "
            + type.simpleString()
            + "; name the label column with --label-col");
  }

  private static Column isFinite(Column number) {
    return not(isnan(number))
        .and(number.notEqual(Double.POSITIVE_INFINITY))
        .and(number.notEqual(Double.NEGATIVE_INFINITY));
  }
}

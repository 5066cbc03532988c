package io.sparkrnn.spark.input;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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
  /** Most classes that words can name. */
  private static final int MOST = 1024;

  /** Rows of which the labels are looked at to see whether they are words. */
  private static final int SOME = 1000;

  private Labels() {}

  /**
   * Returns the words that a column has for labels, sorted; none when it has numbers, or others
   * that {@link #parse} knows.
   *
   * @throws InputException when there are too many
   */
  static List<String> words(Dataset<Row> rows, String labelCol) {
    if (!(rows.schema().apply(labelCol).dataType() instanceof StringType)) {
      return List.of();
    }
    Column raw = trim(Columns.named(labelCol));
    Column known = number(lower(raw), DataTypes.StringType, labelCol).isNotNull();
    Dataset<Row> labels = rows.where(not(raw.isNull()).and(raw.notEqual(""))).select(raw, known);
    List<Row> some = labels.limit(SOME).collectAsList();
    if (some.isEmpty() || some.stream().anyMatch(row -> row.getBoolean(1))) {
      return List.of();
    }
    List<String> words =
        labels
            .select(labels.columns()[0])
            .distinct()
            .limit(MOST + 1)
            .as(Encoders.STRING())
            .collectAsList()
            .stream()
            .sorted()
            .toList();
    if (words.size() < 2 || words.size() > MOST) {
      throw new InputException(
          "column '%s' must hold 2 to %,d different labels, got %s; name the label column with --label-col"
              .formatted(
                  labelCol, MOST, words.size() < 2 ? "only '" + words.get(0) + "'" : "more"));
    }
    return words;
  }

  /**
   * Replaces the column by the places of its words among those of the classes, and adds others to
   * the reasons of refusal.
   *
   * @param words of the classes, in the order of their indices. Not modified.
   */
  static Dataset<Row> parse(Dataset<Row> rows, String labelCol, List<String> words) {
    Column raw = Columns.named(labelCol);
    Column given = regexp_replace(trim(raw.cast(DataTypes.StringType)), "^([0-9]+)\\.0$", "$1");
    Column place =
        array_position(lit(words.toArray(new String[0])), given).cast(DataTypes.DoubleType);
    Column missing = given.isNull().or(given.equalTo(""));
    Column known = when(place.gt(0), place.minus(1));
    Column reason =
        when(
            not(missing).and(known.isNull()),
            concat(lit("label '"), Columns.shown(raw), lit("' is unknown")));
    return Columns.refuse(rows, reason).withColumn(labelCol, when(not(missing), known));
  }

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

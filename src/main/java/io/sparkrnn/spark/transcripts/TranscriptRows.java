package io.sparkrnn.spark.transcripts;

import io.sparkrnn.io.features.Alphabet;
import io.sparkrnn.io.features.LabelUnit;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.rows.CellReader;
import io.sparkrnn.spark.rows.RowColumns;
import io.sparkrnn.spark.rows.SequenceCellReader;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows whose features and labels stand in one column, as {@link LabelledReader} reads them.
 *
 * @param rows the table
 * @param columns names of its columns
 */
public record TranscriptRows(Dataset<Row> rows, RowColumns columns) {
  private static final String BOTH = "_featuresAndLabels";
  private static final String NONE = "_noLabel";
  private static final int MOST_LABELS = 1 << 16;

  /**
   * Joins features and labels.
   *
   * @param dataset the table
   * @param columns names of its columns
   */
  public static TranscriptRows of(Dataset<?> dataset, RowColumns columns) {
    String both = Columns.unused(dataset.schema(), BOTH);
    String none = Columns.unused(dataset.schema(), NONE);
    Column features = Columns.named(columns.features());
    Dataset<Row> rows =
        dataset
            .toDF()
            .withColumn(both, functions.struct(features, label(dataset.schema(), columns)))
            .withColumn(none, functions.lit(0.0));
    RowColumns joined =
        new RowColumns(
            both, none, columns.weight(), columns.validationIndicator(), columns.groups());
    return new TranscriptRows(rows, joined);
  }

  private static Column label(StructType schema, RowColumns columns) {
    boolean isArray = schema.apply(columns.label()).dataType() instanceof ArrayType;
    return Columns.named(columns.label()).cast(isArray ? "array<string>" : "string");
  }

  /**
   * Checks that there is a column of labels.
   *
   * @throws InputException if there is none, or it holds something else
   */
  public static void checkLabels(StructType schema, String name) {
    Columns.require(schema, name);
    DataType type = schema.apply(name).dataType();
    DataType element = type instanceof ArrayType array ? array.elementType() : type;
    if (!(element instanceof AtomicType)) {
      throw new InputException(
          "column '%s' must be string or array<string>, got %s"
              .formatted(name, type.simpleString()));
    }
  }

  /** Returns what labels are, arrays as they come and texts as the unit of texts says. */
  public static LabelUnit unit(StructType schema, String name, LabelUnit ofTexts) {
    boolean isArray = schema.apply(name).dataType() instanceof ArrayType;
    return isArray ? LabelUnit.ARRAY : ofTexts;
  }

  /** Returns the labels of a cell; null if it is null or holds a null. */
  static List<String> labels(Object cell, LabelUnit unit) {
    if (cell == null) {
      return null;
    } else if (cell instanceof String text) {
      return unit.labels(text);
    }
    List<?> labels = CollectionConverters.asJava((Seq<?>) cell);
    return labels.contains(null) ? null : labels.stream().map(String::valueOf).toList();
  }

  /**
   * Returns the labels of rows that are not held out, in the order of their code points.
   *
   * @param columns names of the table's columns
   * @throws InputException if there are none, or too many
   */
  public static Alphabet alphabet(Dataset<?> dataset, RowColumns columns, LabelUnit unit) {
    Dataset<Row> rows = dataset.toDF();
    if (!columns.validationIndicator().isEmpty()) {
      Column heldOut = Columns.named(columns.validationIndicator());
      rows = rows.where(functions.coalesce(functions.not(heldOut), functions.lit(true)));
    }
    Set<String> labels =
        new TreeSet<>(
            rows.select(label(dataset.schema(), columns))
                .javaRDD()
                .mapPartitions(part -> distinct(part, unit))
                .distinct()
                .take(MOST_LABELS + 1));
    if (labels.isEmpty()) {
      throw new InputException(
          "column '%s' must hold labels, got none; name the label column with labelCol"
              .formatted(columns.label()));
    }
    if (labels.size() > MOST_LABELS) {
      throw new InputException(
          "column '%s' must hold at most %d different labels, got more"
              .formatted(columns.label(), MOST_LABELS));
    }
    return new Alphabet(unit, List.copyOf(labels));
  }

  private static Iterator<String> distinct(Iterator<Row> rows, LabelUnit unit) {
    Set<String> labels = new TreeSet<>();
    while (rows.hasNext() && labels.size() <= MOST_LABELS) {
      List<String> some = labels(rows.next().get(0), unit);
      labels.addAll(some == null ? List.of() : some);
    }
    return labels.iterator();
  }

  /** Returns what makes readers of the joined column. */
  public static CellReader.Factory readers(CellReader.Factory features, Alphabet alphabet) {
    return () -> new LabelledReader((SequenceCellReader) features.create(), alphabet);
  }
}

package io.sparkrnn.spark.rows;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.spark.input.Columns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Names of the columns that training and evaluating read.
 *
 * @param features what the network reads: ids, vectors or a text
 * @param label labels; empty for the number of characters of a text, by which language models are
 *     measured
 * @param weight weights of examples, empty for 1 each
 * @param validationIndicator whether a row is held out, empty for no
 * @param groups which rows stay together
 * @param translation translations of the texts, which {@link #features} reads beside them; empty
 *     for none
 * @param labelsSteps whether a row has a label for each step
 */
public record RowColumns(
    String features,
    String label,
    String weight,
    String validationIndicator,
    RowGroups groups,
    String translation,
    boolean labelsSteps)
    implements Serializable {

  /** Creates the columns of rows without translations, with one label each. */
  public RowColumns(
      String features, String label, String weight, String validationIndicator, RowGroups groups) {
    this(features, label, weight, validationIndicator, groups, "");
  }

  /** Creates the columns of rows with one label each. */
  public RowColumns(
      String features,
      String label,
      String weight,
      String validationIndicator,
      RowGroups groups,
      String translation) {
    this(features, label, weight, validationIndicator, groups, translation, false);
  }

  /** Creates the columns of rows that are held out by nothing but themselves. */
  public RowColumns(String features, String label) {
    this(features, label, "", "", RowGroups.none(0));
  }

  /** Returns these columns for rows with a label for each step, or for rows with one. */
  public RowColumns labellingSteps(boolean labelsSteps) {
    return new RowColumns(
        features, label, weight, validationIndicator, groups, translation, labelsSteps);
  }

  /**
   * Checks that a table has these columns, with cells of the right types.
   *
   * @throws io.sparkrnn.spark.input.InputException if it has not
   */
  public void check(StructType schema, InputSpec input) {
    if (labelsSteps && input instanceof InputSpec.Tokens) {
      Columns.requireWords(schema, features);
    } else {
      Columns.requireFeatures(schema, features, input);
    }
    checkOthers(schema, !label.isEmpty());
  }

  /**
   * Checks likewise that a table has the columns besides that of the features.
   *
   * @param labelled whether labels are numbers, which it must have
   * @throws io.sparkrnn.spark.input.InputException if it has not
   */
  public void checkOthers(StructType schema, boolean labelled) {
    if (labelsSteps) {
      Columns.requireWords(schema, label);
    } else if (labelled) {
      Columns.requireNumber(schema, label);
    }
    if (!weight.isEmpty()) {
      Columns.requireNumber(schema, weight);
    }
    if (!validationIndicator.isEmpty()) {
      Columns.requireBoolean(schema, validationIndicator);
    }
    if (groups.any()) {
      Columns.require(schema, groups.column());
    }
  }

  /** Returns how many characters (code points) a text has, or how many ids a list. */
  private Column size(StructType schema) {
    boolean isText = schema.apply(features).dataType() instanceof StringType;
    Column cell = Columns.named(features);
    return isText ? functions.length(cell) : functions.size(cell);
  }

  /** Returns the columns of a table alone, in the order of {@link ExampleRows}. */
  public Column[] of(StructType schema) {
    return with(schema, List.of()).toArray(Column[]::new);
  }

  /** Returns the columns of a table in the order of {@link ExampleRows}, and others after them. */
  List<Column> with(StructType schema, List<Column> others) {
    List<Column> columns = new ArrayList<>();
    columns.add(
        translation.isEmpty()
            ? Columns.named(features)
            : functions.struct(Columns.named(features), Columns.named(translation)));
    columns.add(labelsSteps ? Columns.named(label) : label(schema).cast("double"));
    columns.add((weight.isEmpty() ? functions.lit(1.0) : Columns.named(weight)).cast("double"));
    columns.add(heldOut());
    columns.add(Columns.refused(schema));
    columns.addAll(others);
    return columns;
  }

  /** Of a pair it is no matter. */
  private Column label(StructType schema) {
    if (!label.isEmpty()) {
      return Columns.named(label);
    }
    return translation.isEmpty() ? size(schema) : functions.lit(0.0);
  }

  private Column heldOut() {
    if (!validationIndicator.isEmpty()) {
      return Columns.named(validationIndicator);
    }
    return groups.any() ? groups.heldOut(features) : functions.lit(false);
  }
}

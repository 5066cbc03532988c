package io.sparkrnn.cli.reviews;

import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.ReviewReader;
import io.sparkrnn.spark.rows.RowColumns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Reviews with labels, read once and kept: only the columns a training needs.
 *
 * <p>Reviews that nobody labelled, such as those of an {@code unsup/} directory, are counted and
 * set aside; bad rows stay, for whoever uses the rows to count and report.
 */
public final class LabelledReviews implements AutoCloseable {
  private final Dataset<Row> kept;
  private final Dataset<Row> labelled;
  private final String labelCol;
  private final Column isUnlabelled;

  /**
   * Wraps reviews.
   *
   * @param reviews as {@link ReviewReader#read} returns them
   * @param textCol column of texts
   * @param labelCol column of labels
   * @param others further columns to keep
   */
  public LabelledReviews(
      Dataset<Row> reviews, String textCol, String labelCol, List<String> others) {
    Set<String> columns = new LinkedHashSet<>(List.of(textCol, labelCol));
    columns.addAll(others);
    columns.add(ReviewReader.REFUSED_COL);
    this.labelCol = labelCol;
    isUnlabelled = column(labelCol).isNull().and(functions.col(ReviewReader.REFUSED_COL).isNull());
    kept =
        Columns.refuse(reviews, functions.lit(null))
            .select(columns.stream().map(LabelledReviews::column).toArray(Column[]::new))
            .persist(StorageLevel.MEMORY_AND_DISK());
    labelled = kept.where(functions.not(isUnlabelled));
  }

  /**
   * Wraps rows, of which columns of features, labels and those that say how rows are used are kept.
   *
   * @param others further columns to keep
   */
  public static LabelledReviews of(Dataset<Row> rows, RowColumns columns, String... others) {
    List<String> kept = new ArrayList<>(List.of(others));
    kept.addAll(
        List.of(columns.weight(), columns.validationIndicator(), columns.groups().column()));
    kept.removeIf(String::isEmpty);
    return new LabelledReviews(rows, columns.features(), columns.label(), kept);
  }

  /**
   * Returns how many reviews have no label; reads all of them.
   *
   * @throws InputException when none has one
   */
  public long unlabelled() {
    long unlabelled = kept.where(isUnlabelled).count();
    if (unlabelled > 0 && labelled.isEmpty()) {
      throw new InputException(
          "column '%s' must hold labels, got none in %d reviews; name the label column with --label-col"
              .formatted(labelCol, unlabelled));
    }
    return unlabelled;
  }

  /** Returns the reviews with labels, and the bad rows. */
  public Dataset<Row> all() {
    return labelled;
  }

  /** Frees the kept reviews. */
  @Override
  public void close() {
    kept.unpersist();
  }

  private static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }
}

package io.sparkrnn.spark.rows;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * Rows of one task on their way to a network: what it reads, label, weight, whether held out, and
 * why refused, in this order; and who reads the first of them.
 *
 * @param rows the rows, read once
 * @param features reads what the network reads of a row
 */
public record ExampleRows(Iterator<Row> rows, CellReader features) {
  /** Where the cell is that {@link #features} reads. */
  static final int FEATURES = 0;

  /** Where the label is, a double or null; where steps have labels, what {@link RowLabel} reads. */
  static final int LABEL = 1;

  static final int WEIGHT = 2;
  static final int HELD_OUT = 3;
  static final int REFUSED = 4;

  /** Returns whether nobody labelled a row, and nothing else is wrong with it. */
  static boolean isUnlabelled(Row row) {
    return row.isNullAt(LABEL) && row.isNullAt(REFUSED);
  }

  /** Returns the rows of every partition, each with a reader of its own. */
  public static JavaRDD<ExampleRows> of(JavaRDD<Row> rows, CellReader.Factory readers) {
    return rows.mapPartitions(
        partition -> List.of(new ExampleRows(partition, readers.create())).iterator());
  }

  /**
   * Reads what the network reads of a row; returns why the row is refused, or null when it is not.
   * Whoever read the row knows best why it is bad.
   */
  public String refusal(Row row, RowLabel label) {
    if (!row.isNullAt(REFUSED)) {
      return row.getString(REFUSED);
    }
    Refusal refusal = features.read(row.get(FEATURES));
    return refusal != null ? features.reason(refusal) : label.read(row.get(LABEL), features);
  }
}

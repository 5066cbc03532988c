package io.sparkrnn.spark.delimited;

import io.sparkrnn.spark.files.SlicedRows;
import java.io.IOException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** The records of a slice as rows: cells, values that directories give, reason of refusal. */
final class DelimitedRows implements SlicedRows.Rows {
  private final DelimitedRecords records;
  private final long end;
  private final int[] cells;
  private final Object[] values;
  private final InternalRow row;

  /**
   * Begins to read.
   *
   * @param cells the numbers of the cells that rows have
   * @param values the values that directories give. Not modified.
   */
  DelimitedRows(DelimitedRecords records, long end, int[] cells, Object[] values) {
    this.records = records;
    this.end = end;
    this.cells = cells;
    this.values = new Object[cells.length + values.length + 1];
    System.arraycopy(values, 0, this.values, cells.length, values.length);
    row = new GenericInternalRow(this.values);
  }

  @Override
  public InternalRow next() throws IOException {
    if (!records.next() || records.offset() >= end) {
      return null;
    }
    for (int i = 0; i < cells.length; i++) {
      values[i] = cells[i] < records.cells().size() ? records.cells().text(cells[i]) : null;
    }
    values[values.length - 1] = UTF8String.fromString(records.fault());
    return row;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}

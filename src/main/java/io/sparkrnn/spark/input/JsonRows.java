package io.sparkrnn.spark.input;

import com.fasterxml.jackson.core.JsonParser;
import io.sparkrnn.spark.files.FileSlice;
import io.sparkrnn.spark.files.SlicedRows;
import java.io.IOException;
import java.util.ArrayDeque;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/**
 * The objects of a slice as rows: values, those that directories give, reason of refusal. A line
 * that cannot be read whole is one row without values.
 */
final class JsonRows implements SlicedRows.Rows {
  private final JsonSlice lines;
  private final JsonValues objects;
  private final int columns;
  private final Object[] directories;
  private final ArrayDeque<InternalRow> rows = new ArrayDeque<>();

  private JsonRows(JsonSlice lines, JsonValues objects, int columns, Object[] directories) {
    this.lines = lines;
    this.objects = objects;
    this.columns = columns;
    this.directories = directories;
  }

  /**
   * Opens a slice.
   *
   * @param objects reads objects as rows with columns for what directories give and for the reason
   * @param columns how many columns objects have
   */
  static SlicedRows.Rows open(
      FileSlice slice, Configuration hadoop, JsonValues objects, int columns, Object[] directories)
      throws IOException {
    if (slice.more().equals(true)) {
      return whole(JsonText.parser(slice, hadoop), objects, columns, directories);
    }
    return new JsonRows(JsonSlice.open(slice, hadoop), objects, columns, directories);
  }

  private static SlicedRows.Rows whole(
      JsonParser parser, JsonValues objects, int columns, Object[] directories) {
    return new SlicedRows.Rows() {
      @Override
      public InternalRow next() throws IOException {
        return JsonText.next(parser) ? row(objects.read(parser), columns, directories) : null;
      }

      @Override
      public void close() throws IOException {
        parser.close();
      }
    };
  }

  @Override
  public InternalRow next() throws IOException {
    while (rows.isEmpty() && lines.next()) {
      JsonText.Fault fault =
          lines.read(parser -> rows.add(row(objects.read(parser), columns, directories)));
      if (fault != JsonText.Fault.NONE && !lines.isBlank()) {
        rows.clear();
        Object[] values = new Object[columns + directories.length + 1];
        values[values.length - 1] = fault.reason();
        rows.add(row(new GenericInternalRow(values), columns, directories));
      }
    }
    return rows.poll();
  }

  private static InternalRow row(Object row, int columns, Object[] directories) {
    GenericInternalRow values = (GenericInternalRow) row;
    for (int i = 0; i < directories.length; i++) {
      values.update(columns + i, directories[i]);
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

package io.sparkrnn.spark.delimited;

import io.sparkrnn.spark.files.FileSlice;
import io.sparkrnn.spark.files.InputFailures;
import io.sparkrnn.spark.files.InputTasks;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads a large delimited file in parts, many tasks at once.
 *
 * <p>Where a record begins in the middle of a file is known for certain only after reading all that
 * is before it: a quote may be open. So each part but the first begins where a record is likely to
 * begin, and all are joined in their order. One that does not begin where the one before it ends
 * was wrong, and is read again from there: what is found is what a reading of all finds.
 */
final class DelimitedParts {
  private final Reader reader;
  private final long bytes;

  /** Reads parts, side by side or one after another. */
  interface Reader {
    /** Returns what is in parts, in their order. */
    List<DelimitedPart> read(List<DelimitedPart.Range> ranges);
  }

  /**
   * Creates a reader.
   *
   * @param reader reads parts
   * @param bytes of a part
   */
  DelimitedParts(Reader reader, long bytes) {
    this.reader = reader;
    this.bytes = bytes;
  }

  /** Returns what reads each part in a task of its own. */
  static Reader inTasks(SparkSession spark, char separator) {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    return ranges ->
        InputTasks.map(
            spark,
            ranges,
            1,
            range ->
                InputFailures.reading(
                    range.path(), () -> DelimitedPart.read(range, separator, hadoop.value())));
  }

  /**
   * Reads a file by a dialect.
   *
   * @param length its bytes
   */
  DelimitedPart read(String path, long length, Dialect dialect) {
    DelimitedPart all =
        read(new DelimitedPart.Range(path, dialect, 0, to(0, length), true, false, 0));
    if (all.columns() == 0) {
      return read(DelimitedPart.Range.whole(path, dialect));
    }
    List<DelimitedPart.Range> ranges = new ArrayList<>();
    for (long from = bytes; from < length; from += bytes) {
      ranges.add(
          new DelimitedPart.Range(
              path, dialect, from, to(from, length), false, false, all.columns()));
    }
    List<DelimitedPart> likely = ranges.isEmpty() ? List.of() : reader.read(ranges);
    for (int i = 0; i < likely.size(); i++) {
      DelimitedPart.Range range = ranges.get(i);
      if (all.end() < range.to() && all.end() != FileSlice.TO_THE_END) {
        DelimitedPart next = likely.get(i);
        if (!all.isFollowedBy(next)) {
          next =
              read(
                  new DelimitedPart.Range(
                      path, dialect, all.end(), range.to(), true, all.strict(), all.columns()));
        }
        all = all.and(next);
      }
    }
    return all;
  }

  private long to(long from, long length) {
    return from + bytes < length ? from + bytes : FileSlice.TO_THE_END;
  }

  private DelimitedPart read(DelimitedPart.Range range) {
    return reader.read(List.of(range)).get(0);
  }
}

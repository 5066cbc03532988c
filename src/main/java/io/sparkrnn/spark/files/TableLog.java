package io.sparkrnn.spark.files;

import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Formats of tables whose directories hold files that no longer count, beside those that do; which
 * is said in a log of the format's own.
 */
enum TableLog {
  DELTA("_delta_log", "a Delta table"),
  HUDI(".hoodie", "a Hudi table"),
  ICEBERG("metadata", "an Iceberg table"),
  STREAM("_spark_metadata", "the output of a stream");

  private static final String ICEBERG_METADATA = ".metadata.json";

  private final String log;
  private final String words;

  TableLog(String log, String words) {
    this.log = log;
    this.words = words;
  }

  /**
   * Checks that a directory is none of a table.
   *
   * @param listed what is in it
   * @throws InputException when it is one
   */
  static void refuse(FileSystem files, Path directory, FileStatus[] listed) throws IOException {
    List<String> names =
        Arrays.stream(listed)
            .filter(FileStatus::isDirectory)
            .map(status -> status.getPath().getName())
            .toList();
    for (TableLog format : values()) {
      if (names.contains(format.log) && format.isLog(files, new Path(directory, format.log))) {
        throw new InputException(
            "%s is %s, and some of its files may not count; read it with Spark's reader of that"
                    .formatted(directory, format.words)
                + " format and write its rows as Parquet to another directory");
      }
    }
  }

  private boolean isLog(FileSystem files, Path directory) throws IOException {
    return this != ICEBERG
        || Arrays.stream(files.listStatus(directory))
            .anyMatch(file -> file.getPath().getName().endsWith(ICEBERG_METADATA));
  }
}

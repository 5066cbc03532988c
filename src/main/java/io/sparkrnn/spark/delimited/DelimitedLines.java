package io.sparkrnn.spark.delimited;

import io.sparkrnn.spark.files.ByteWindow;
import io.sparkrnn.spark.files.FileSlice;
import io.sparkrnn.spark.files.InputFailures;
import io.sparkrnn.spark.files.InputPath;
import io.sparkrnn.spark.files.InputTasks;
import io.sparkrnn.spark.files.PartitionDirectories;
import io.sparkrnn.spark.files.SlicedRows;
import io.sparkrnn.spark.files.TextInput;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.ReviewReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads CSV and TSV with a header; all columns are strings.
 *
 * <p>All files are read twice: once to find their dialects and where they can be divided, then for
 * their rows. Not by Spark's reader, which is lenient: for it a quote that nobody closes makes one
 * row of many, and bytes that are not UTF-8 are lost.
 */
public final class DelimitedLines {
  private static final int FILES_PER_TASK = 16;
  private static final int TASKS_PER_CORE = 4;
  private static final long LARGE_BYTES = 1L << 28;
  private static final long PART_BYTES = 1L << 26;

  private final SparkSession spark;
  private final int parallelism;
  private final char separator;

  /**
   * Creates a reader.
   *
   * @param spark the session
   * @param parallelism how many partitions rows come in at least
   * @param separator a comma or a tab
   */
  public DelimitedLines(SparkSession spark, int parallelism, char separator) {
    this.spark = spark;
    this.parallelism = parallelism;
    this.separator = separator;
  }

  /**
   * Returns the rows with the columns of the header, those that directories name and the reason of
   * refusal. A column of the header that a directory names too is the directory's.
   *
   * @throws InputException when there are no rows, or a file is not to be read
   */
  public Dataset<Row> open(InputPath input) {
    List<DelimitedScan> scans = scans(input);
    if (scans.stream().allMatch(scan -> scan.records() == 0)) {
      throw new InputException("there are no reviews in " + input.path());
    }
    List<String> names = DelimitedHeader.names(scans);
    PartitionDirectories directories = PartitionDirectories.of(input, false);
    int[] cells =
        IntStream.range(0, names.size())
            .filter(i -> !Columns.contains(directories.names(), names.get(i)))
            .toArray();
    StructType schema = new StructType();
    for (int cell : cells) {
      schema = schema.add(names.get(cell), DataTypes.StringType);
    }
    schema = directories.addTo(schema);
    Columns.requireUsable(List.of(schema.fieldNames()), input.path());
    schema = schema.add(ReviewReader.REFUSED_COL, DataTypes.StringType);
    List<FileSlice> slices = scans.stream().flatMap(scan -> scan.slices().stream()).toList();
    return SlicedRows.of(
        spark,
        slices,
        input.bytes(),
        parallelism,
        schema,
        reader(names.size(), cells, directories));
  }

  /** Files that one task alone would read long after all others are done are read in parts. */
  private List<DelimitedScan> scans(InputPath input) {
    long large = Math.max(LARGE_BYTES, input.bytes() / (TASKS_PER_CORE * (long) parallelism));
    Map<String, DelimitedScan> scans = new HashMap<>();
    List<String> others = new ArrayList<>();
    DelimitedParts parts = new DelimitedParts(DelimitedParts.inTasks(spark, separator), PART_BYTES);
    for (FileStatus file : input.files()) {
      String path = file.getPath().toString();
      if (file.getLen() > large && TextInput.isSeekable(path)) {
        DelimitedScan.Reading reading = dialect -> parts.read(path, file.getLen(), dialect);
        scans.put(
            path, InputFailures.reading(path, () -> DelimitedScan.of(path, separator, reading)));
      } else {
        others.add(path);
      }
    }
    scansOf(others).forEach(scan -> scans.put(scan.path(), scan));
    return input.files().stream().map(file -> scans.get(file.getPath().toString())).toList();
  }

  private List<DelimitedScan> scansOf(List<String> paths) {
    if (paths.isEmpty()) {
      return List.of();
    }
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    char separator = this.separator;
    int perTask = paths.size() / (TASKS_PER_CORE * parallelism);
    return InputTasks.map(
        spark,
        paths,
        Math.max(1, Math.min(perTask, FILES_PER_TASK)),
        path ->
            InputFailures.reading(path, () -> DelimitedScan.of(path, separator, hadoop.value())));
  }

  private SlicedRows.Reader reader(int columns, int[] cells, PartitionDirectories directories) {
    char separator = this.separator;
    return (slice, hadoop) -> {
      ByteWindow window =
          new ByteWindow(TextInput.open(slice.path(), slice.start(), hadoop), slice.start());
      DelimitedRecords records =
          new DelimitedRecords(window, slice.line(), separator, (Dialect) slice.more(), columns);
      return new DelimitedRows(records, slice.end(), cells, directories.values(slice.path()));
    };
  }
}

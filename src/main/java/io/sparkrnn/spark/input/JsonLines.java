package io.sparkrnn.spark.input;

import io.sparkrnn.spark.files.FileSlice;
import io.sparkrnn.spark.files.InputFailures;
import io.sparkrnn.spark.files.InputPath;
import io.sparkrnn.spark.files.InputTasks;
import io.sparkrnn.spark.files.PartitionDirectories;
import io.sparkrnn.spark.files.SlicedRows;
import io.sparkrnn.spark.files.TextInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads JSON: one object a line, several, arrays of them, or files that are one text over many
 * lines.
 *
 * <p>All files are read twice: once for the columns and their types, which are such that every
 * value fits as it is, then for the rows. Not by Spark's reader, which reads the first value of a
 * line alone, rounds numbers and leaves out columns of empty objects.
 */
final class JsonLines {
  private static final int SLICES_PER_TASK = 8;

  private final SparkSession spark;
  private final int parallelism;

  JsonLines(SparkSession spark, int parallelism) {
    this.spark = spark;
    this.parallelism = parallelism;
  }

  /**
   * Returns the rows with the columns of all objects, those that directories name and the reason of
   * refusal. A key of an object that a directory names too is the directory's.
   *
   * @param needed the columns that are wanted when there are all of them; none for all columns
   * @throws InputException when there is no object
   */
  Dataset<Row> open(InputPath input, Set<String> needed) {
    List<FileSlice> slices = new ArrayList<>();
    JsonType type = scan(input, slices);
    PartitionDirectories directories = PartitionDirectories.of(input, true);
    StructType objects = new StructType();
    if (!type.equals(new JsonType.Objects(new TreeMap<>()))) {
      for (StructField field : ((StructType) type.dataType()).fields()) {
        boolean taken = Columns.contains(directories.names(), field.name());
        objects = taken ? objects : objects.add(field);
      }
    }
    if (objects.isEmpty()) {
      throw new InputException(
          "there is no JSON object in " + input.path() + "; write one object a line");
    }
    Columns.requireUsable(List.of(directories.addTo(objects).fieldNames()), input.path());
    objects = only(objects, needed, directories);
    StructType schema =
        directories.addTo(objects).add(ReviewReader.REFUSED_COL, DataTypes.StringType);
    return SlicedRows.of(
        spark, slices, input.bytes(), parallelism, schema, reader(objects, directories));
  }

  private static StructType only(
      StructType objects, Set<String> needed, PartitionDirectories directories) {
    Set<String> names = new HashSet<>(List.of(objects.fieldNames()));
    names.addAll(directories.names());
    if (needed.isEmpty() || !names.containsAll(needed)) {
      return objects;
    }
    return new StructType(
        Arrays.stream(objects.fields())
            .filter(field -> needed.contains(field.name()))
            .toArray(StructField[]::new));
  }

  /** Returns the type of all objects, and the slices in which they are. */
  private JsonType scan(InputPath input, List<FileSlice> slices) {
    List<FileSlice> parts = input.files().stream().flatMap(file -> parts(file).stream()).toList();
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    List<JsonScan> scans =
        InputTasks.map(
            spark,
            parts,
            SLICES_PER_TASK,
            part -> InputFailures.reading(part.path(), () -> JsonScan.of(part, hadoop.value())));
    JsonType type = JsonType.Kind.NULL;
    String whole = "";
    for (int i = 0; i < parts.size(); i++) {
      FileSlice part = parts.get(i);
      if (scans.get(i).whole()) {
        whole = part.path();
        slices.add(new FileSlice(whole, 0, FileSlice.TO_THE_END, 1, true));
        type = type.merge(scans.get(i).type());
      } else if (!part.path().equals(whole)) {
        slices.add(part);
        type = type.merge(scans.get(i).type());
      }
    }
    return type;
  }

  private static List<FileSlice> parts(FileStatus file) {
    String path = file.getPath().toString();
    long bytes = TextInput.isSeekable(path) ? file.getLen() : 0;
    List<FileSlice> parts = new ArrayList<>();
    for (long start = 0; start == 0 || start < bytes; start += FileSlice.BYTES) {
      long next = start + FileSlice.BYTES;
      long end = next < bytes ? next : FileSlice.TO_THE_END;
      parts.add(new FileSlice(path, start, end, 1, false));
    }
    return parts;
  }

  private static SlicedRows.Reader reader(StructType objects, PartitionDirectories directories) {
    int columns = objects.size();
    return (slice, hadoop) ->
        JsonRows.open(
            slice,
            hadoop,
            JsonValues.struct(objects, directories.names().size() + 1),
            columns,
            directories.values(slice.path()));
  }
}

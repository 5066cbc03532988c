package io.sparkrnn.spark.input;

import io.sparkrnn.spark.files.InputFailures;
import io.sparkrnn.spark.files.InputPath;
import io.sparkrnn.spark.files.InputTasks;
import io.sparkrnn.spark.files.PartitionDirectories;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Option;

/**
 * Reads Parquet with Spark's reader, in the order of files and rows.
 *
 * <p>All footers are read first: files may lack columns that others have, and a column that nobody
 * wants may be of any type.
 */
final class ParquetFiles {
  private static final int FILES_PER_TASK = 64;

  /** In the session they would not count: Spark asks the one that is active when it plans. */
  private static final scala.collection.immutable.Map<String, String> NO_FILE_LEFT_OUT =
      new scala.collection.immutable.Map.Map2<>(
          "ignoreCorruptFiles", "false", "ignoreMissingFiles", "false");

  /** The settings that say which types columns are read as. */
  private static final List<String> TYPES =
      List.of(
          "spark.sql.caseSensitive",
          "spark.sql.parquet.binaryAsString",
          "spark.sql.parquet.int96AsTimestamp",
          "spark.sql.parquet.inferTimestampNTZ.enabled",
          "spark.sql.legacy.parquet.nanosAsLong");

  private final SparkSession spark;
  private final int parallelism;

  ParquetFiles(SparkSession spark, int parallelism) {
    this.spark = spark;
    this.parallelism = parallelism;
  }

  /**
   * Returns the rows.
   *
   * @param needed the columns that are wanted when the files have all of them; none for all columns
   * @throws InputException when there are no rows, or a column that is wanted cannot be read
   */
  Dataset<Row> open(InputPath input, Set<String> needed) {
    List<ParquetFooter> footers = footers(input);
    if (footers.stream().allMatch(footer -> footer.rows() == 0)) {
      throw new InputException("there are no reviews in " + input.path());
    }
    PartitionDirectories directories = PartitionDirectories.of(input, true);
    Set<String> wanted = new HashSet<>(names(footers));
    wanted.addAll(directories.names());
    if (!needed.isEmpty() && wanted.containsAll(needed)) {
      wanted = needed;
    }
    List<String> used = List.copyOf(wanted);
    for (ParquetFooter footer : footers) {
      List<String> read = new ArrayList<>(names(List.of(footer)));
      read.removeIf(name -> !Columns.contains(used, name));
      Columns.requireUsable(read, footer.path());
    }
    StructType schema = schema(footers, wanted, directories);
    Columns.requireUsable(List.of(directories.addTo(schema).fieldNames()), input.path());
    Set<String> filled =
        footers.stream()
            .filter(footer -> footer.rows() > 0)
            .map(ParquetFooter::path)
            .collect(Collectors.toSet());
    List<FileStatus> files =
        input.files().stream().filter(file -> filled.contains(file.getPath().toString())).toList();
    return inOrder(files, schema, directories);
  }

  private List<ParquetFooter> footers(InputPath input) {
    List<String> paths = input.files().stream().map(file -> file.getPath().toString()).toList();
    Configuration settings = spark.sessionState().newHadoopConf();
    TYPES.forEach(name -> settings.set(name, spark.conf().get(name)));
    SerializableConfiguration hadoop = new SerializableConfiguration(settings);
    return InputTasks.map(
        spark,
        paths,
        FILES_PER_TASK,
        path -> InputFailures.reading(path, () -> ParquetFooter.of(path, hadoop.value())));
  }

  private static Set<String> names(List<ParquetFooter> footers) {
    Set<String> names = new HashSet<>();
    for (ParquetFooter footer : footers) {
      names.addAll(List.of(footer.schema().fieldNames()));
      names.addAll(List.of(footer.untyped().fieldNames()));
      names.addAll(footer.unreadable().keySet());
    }
    return names;
  }

  /** The columns of the files, those that directories name left out. */
  private StructType schema(
      List<ParquetFooter> footers, Set<String> wanted, PartitionDirectories directories) {
    StructType merged = new StructType();
    for (ParquetFooter footer : footers) {
      footer.unreadable().keySet().stream()
          .filter(wanted::contains)
          .findFirst()
          .ifPresent(name -> refuse(footer, name));
      merged = merged(merged, only(footer.schema(), wanted), footer);
    }
    for (ParquetFooter footer : footers) {
      for (StructField field : only(footer.untyped(), wanted).fields()) {
        boolean typed = Columns.contains(List.of(merged.fieldNames()), field.name());
        if (typed && footer.rows() > 0) {
          throw new InputException(
              "column '%s' in %s holds nothing and has no type, while other files have one; write"
                      .formatted(field.name(), footer.path())
                  + " the file again with a type for it");
        }
        merged = typed ? merged : merged.add(field);
      }
    }
    StructType others = new StructType();
    for (StructField field : merged.fields()) {
      others = Columns.contains(directories.names(), field.name()) ? others : others.add(field);
    }
    return others.asNullable();
  }

  private static StructType only(StructType schema, Set<String> wanted) {
    return new StructType(
        Arrays.stream(schema.fields())
            .filter(field -> wanted.contains(field.name()))
            .toArray(StructField[]::new));
  }

  private static void refuse(ParquetFooter footer, String column) {
    throw new InputException(
        "column '%s' in %s is of a type that Spark does not read, %s; write it as another type"
                .formatted(column, footer.path(), footer.unreadable().get(column))
            + " (times in microseconds, numbers as float) or leave it out");
  }

  private StructType merged(StructType one, StructType other, ParquetFooter footer) {
    try {
      return one.merge(other, spark.sessionState().conf().caseSensitiveAnalysis());
    } catch (Exception e) {
      throw InputFailures.typesDiffer(e, footer.path());
    }
  }

  /** Every part of a file is a partition at first; then they are put in order and together. */
  private Dataset<Row> inOrder(
      List<FileStatus> files, StructType schema, PartitionDirectories directories) {
    SQLConf conf = spark.sessionState().conf();
    long opening = conf.filesOpenCostInBytes();
    long cost = files.stream().mapToLong(file -> file.getLen() + opening).sum();
    long perCore = cost / parallelism;
    long most = conf.filesMaxPartitionBytes();
    if (most < 1) {
      throw new InputException("spark.sql.files.maxPartitionBytes must be > 0, got " + most);
    }
    long split = Math.max(1, Math.min(most, Math.max(opening, perCore)));
    org.apache.spark.sql.classic.SparkSession session =
        ((org.apache.spark.sql.classic.SparkSession) spark).cloneSession();
    Map<String, String> settings = new HashMap<>();
    settings.put("spark.sql.files.maxPartitionBytes", split + "b");
    settings.put("spark.sql.files.openCostInBytes", split + "b");
    settings.forEach(session.conf()::set);
    ListedFiles listed = new ListedFiles(files, directories);
    Dataset<Row> rows =
        session.baseRelationToDataFrame(
            new HadoopFsRelation(
                listed,
                listed.partitionSchema(),
                schema,
                Option.empty(),
                new ParquetFileFormat(),
                NO_FILE_LEFT_OUT,
                session));
    int partitions = (int) Math.max(1, (cost + split / 2) / split);
    RDD<InternalRow> ordered =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows)
            .queryExecution()
            .toRdd()
            .coalesce(partitions, false, Option.apply(new FilesInOrder(opening)), null);
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .internalCreateDataFrame(ordered, rows.schema(), false);
  }
}

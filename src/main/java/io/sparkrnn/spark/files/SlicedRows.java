package io.sparkrnn.spark.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Rows of text files in the order of files and lines: every partition reads some slices that follow
 * one another.
 */
public final class SlicedRows {
  /** Opens slices, in tasks. */
  public interface Reader extends Serializable {
    /** Returns the rows of a slice. */
    Rows open(FileSlice slice, Configuration hadoop) throws IOException;
  }

  /** The rows of a slice, read one after the other. */
  public interface Rows extends Closeable {
    /** Returns the next row, which is valid until the next call, or null when there is none. */
    InternalRow next() throws IOException;
  }

  private SlicedRows() {}

  /**
   * Returns the rows of all slices.
   *
   * @param slices in the order of the rows
   * @param bytes how many all of them have, as stored
   * @param parallelism how many partitions there are at least, when there are as many slices
   */
  public static Dataset<Row> of(
      SparkSession spark,
      List<FileSlice> slices,
      long bytes,
      int parallelism,
      StructType schema,
      Reader reader) {
    List<ArrayList<FileSlice>> groups =
        groups(slices, partitions(spark, slices.size(), bytes, parallelism));
    List<Integer> numbers = IntStream.range(0, groups.size()).boxed().toList();
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    JavaRDD<InternalRow> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(numbers, groups.size())
            .mapPartitions(
                group -> new SliceIterator(groups.get(group.next()), reader, hadoop.value()));
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .internalCreateDataFrame(rows.rdd(), schema, false);
  }

  /** As many as Spark makes of files of this size, each of which it counts a little larger. */
  private static int partitions(SparkSession spark, int slices, long bytes, int parallelism) {
    long counted = bytes + slices * spark.sessionState().conf().filesOpenCostInBytes();
    long least = counted / spark.sessionState().conf().filesMaxPartitionBytes() + 1;
    return (int) Math.min(Math.max(least, parallelism), slices);
  }

  private static List<ArrayList<FileSlice>> groups(List<FileSlice> slices, int partitions) {
    List<ArrayList<FileSlice>> groups = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      int from = (int) ((long) slices.size() * i / partitions);
      int to = (int) ((long) slices.size() * (i + 1) / partitions);
      groups.add(new ArrayList<>(slices.subList(from, to)));
    }
    return groups;
  }

  /** The rows of slices that follow one another; ends with its task. */
  private static final class SliceIterator implements Iterator<InternalRow> {
    private final Iterator<FileSlice> slices;
    private final Reader reader;
    private final Configuration hadoop;
    private FileSlice slice;
    private Rows rows;
    private InternalRow next;

    SliceIterator(List<FileSlice> slices, Reader reader, Configuration hadoop) {
      this.slices = slices.iterator();
      this.reader = reader;
      this.hadoop = hadoop;
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close());
    }

    @Override
    public boolean hasNext() {
      try {
        while (next == null && (rows != null || slices.hasNext())) {
          if (rows == null) {
            slice = slices.next();
            rows = reader.open(slice, hadoop);
          }
          next = rows.next();
          if (next == null) {
            close();
          }
        }
        return next != null;
      } catch (IOException e) {
        throw InputFailures.ofFile(e, slice.path());
      }
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      InternalRow row = next;
      next = null;
      return row;
    }

    private void close() {
      if (rows != null) {
        try {
          rows.close();
        } catch (IOException e) {
          throw InputFailures.ofFile(e, slice.path());
        } finally {
          rows = null;
        }
      }
    }
  }
}

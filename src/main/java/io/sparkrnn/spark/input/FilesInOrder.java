package io.sparkrnn.spark.input;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import scala.Option;

/**
 * Puts parts of files, each a partition, into fewer partitions in the order of paths and positions:
 * Spark itself puts the longest first.
 */
final class FilesInOrder implements PartitionCoalescer, Serializable {
  private static final long serialVersionUID = 1L;

  private final long bytesPerFile;

  /**
   * A coalescer.
   *
   * @param bytesPerFile what opening a file costs, in bytes read meanwhile
   */
  FilesInOrder(long bytesPerFile) {
    this.bytesPerFile = bytesPerFile;
  }

  @Override
  public PartitionGroup[] coalesce(int partitions, RDD<?> parts) {
    Partition[] ordered = parts.partitions().clone();
    Arrays.sort(
        ordered,
        Comparator.comparing((Partition part) -> file(part).toPath())
            .thenComparing(part -> file(part).start()));
    long total = Arrays.stream(ordered).mapToLong(this::cost).sum();
    PartitionGroup[] groups = new PartitionGroup[Math.min(partitions, ordered.length)];
    long before = 0;
    int group = -1;
    for (Partition part : ordered) {
      int wanted = (int) Math.floor((double) before / total * groups.length);
      if (wanted > group) {
        groups[++group] = new PartitionGroup(Option.empty());
      }
      groups[group].partitions().addOne(part);
      before += cost(part);
    }
    return Arrays.copyOf(groups, group + 1);
  }

  private long cost(Partition part) {
    return file(part).length() + bytesPerFile;
  }

  private static PartitionedFile file(Partition part) {
    return ((FilePartition) part).files()[0];
  }
}

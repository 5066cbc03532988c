package io.sparkrnn.spark.input;

import io.sparkrnn.spark.files.PartitionDirectories;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Files that were listed already, for Spark's readers, which would list them again by other rules:
 * they leave out names that begin with an underscore and take names for patterns.
 */
final class ListedFiles implements FileIndex {
  private final List<FileStatus> files;
  private final PartitionDirectories directories;

  ListedFiles(List<FileStatus> files, PartitionDirectories directories) {
    this.files = files;
    this.directories = directories;
  }

  @Override
  public Seq<PartitionDirectory> listFiles(
      Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
    Map<Path, List<FileStatus>> byDirectory = new LinkedHashMap<>();
    for (FileStatus file : files) {
      byDirectory.computeIfAbsent(file.getPath().getParent(), p -> new ArrayList<>()).add(file);
    }
    List<PartitionDirectory> listed = new ArrayList<>();
    for (List<FileStatus> siblings : byDirectory.values()) {
      Object[] values = directories.values(siblings.get(0).getPath().toString());
      listed.add(
          PartitionDirectory.apply(
              new GenericInternalRow(values), siblings.toArray(FileStatus[]::new)));
    }
    return CollectionConverters.asScala(listed).toSeq();
  }

  @Override
  public Seq<Path> rootPaths() {
    return CollectionConverters.asScala(files.stream().map(FileStatus::getPath).toList()).toSeq();
  }

  @Override
  public String[] inputFiles() {
    return files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
  }

  @Override
  public long sizeInBytes() {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }

  @Override
  public StructType partitionSchema() {
    return directories.addTo(new StructType());
  }

  @Override
  public void refresh() {
    // what is read is what was listed
  }
}

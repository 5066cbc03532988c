package io.sparkrnn.spark.storage;

import io.sparkrnn.io.ModelStorage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files of a directory on any Hadoop file system. */
public final class HadoopStorage implements ModelStorage {
  private final Path directory;
  private final FileSystem fileSystem;

  /**
   * Creates the storage; the directory is created with its first file.
   *
   * @param directory path or URI of the directory
   * @param configuration Hadoop's configuration, such as the one of Spark's context
   * @throws IOException if the file system cannot be reached
   */
  public HadoopStorage(String directory, Configuration configuration) throws IOException {
    this.directory = new Path(directory);
    fileSystem = this.directory.getFileSystem(configuration);
  }

  @Override
  public InputStream open(String name) throws IOException {
    return fileSystem.open(new Path(directory, name));
  }

  @Override
  public OutputStream create(String name) throws IOException {
    Path file = new Path(directory, name);
    if ("file".equals(fileSystem.getUri().getScheme())) {
      java.nio.file.Path local = java.nio.file.Path.of(file.toUri().getPath());
      ModelStorage.requireNoLink(local);
      ModelStorage.requireNoLink(local.resolveSibling("." + name + ".crc")); // Hadoop's checksum
    }
    return fileSystem.create(file, true);
  }

  @Override
  public boolean exists(String name) throws IOException {
    return fileSystem.exists(new Path(directory, name));
  }
}

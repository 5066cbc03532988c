package io.sparkrnn.spark;

import io.sparkrnn.io.ModelDirectory;
import io.sparkrnn.spark.storage.DirectorySwap;
import io.sparkrnn.spark.storage.HadoopStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/**
 * Writes a model: Spark's metadata and, beside it, the files of {@link ModelDirectory}.
 *
 * <p>Everything is written beside the destination first and moved there when it is whole: a failure
 * leaves what was there before.
 */
final class RnnModelWriter extends MLWriter {
  private final RnnModel<?> model;

  RnnModelWriter(RnnModel<?> model) {
    this.model = model;
  }

  @Override
  public void save(String path) throws IOException {
    Path destination = new Path(path);
    FileSystem fileSystem = destination.getFileSystem(configuration());
    if (fileSystem.exists(destination) && !shouldOverwrite()) {
      throw new IOException(
          "path " + path + " already exists; use write().overwrite().save(path) to replace it");
    }
    Path staged =
        DirectorySwap.beside(destination, "." + destination.getName() + "-" + UUID.randomUUID());
    try {
      saveImpl(staged.toString());
      DirectorySwap.replace(fileSystem, staged, destination);
    } finally {
      fileSystem.delete(staged, true);
    }
  }

  @Override
  public void saveImpl(String path) {
    try {
      ModelDirectory.write(new HadoopStorage(path, configuration()), model.toLocal());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DefaultParamsWriter.saveMetadata(model, path, sparkSession());
  }

  private Configuration configuration() {
    return sparkSession().sparkContext().hadoopConfiguration();
  }
}

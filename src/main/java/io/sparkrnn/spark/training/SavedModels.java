package io.sparkrnn.spark.training;

import io.sparkrnn.io.ModelDirectory;
import io.sparkrnn.io.ModelFormatException;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.storage.HadoopStorage;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Model directories on Hadoop file systems, with failures in one line. */
public final class SavedModels {
  private SavedModels() {}

  /**
   * Reads a model.
   *
   * @param path its directory
   * @throws InputException if it cannot be read
   */
  public static SavedModel read(String path, Configuration hadoop) {
    try {
      return ModelDirectory.read(new HadoopStorage(path, hadoop));
    } catch (ModelFormatException e) {
      throw new InputException("model '" + path + "' cannot be read: " + e.getMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException("model '" + path + "' cannot be read: " + FailureReason.of(e), e);
    }
  }
}

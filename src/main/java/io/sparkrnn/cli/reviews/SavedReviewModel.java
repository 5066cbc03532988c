package io.sparkrnn.cli.reviews;

import io.sparkrnn.spark.RnnForecastModel;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Loads models that read text, as the commands need them. */
public final class SavedReviewModel {
  private SavedReviewModel() {}

  /**
   * Loads a model.
   *
   * @throws InputException when there is none, none that reads texts or series, or when it cannot
   *     be read
   */
  public static RnnModel<?> load(SparkSession spark, String directory) {
    if (!exists(spark, directory)) {
      throw new InputException("there is no model at " + directory);
    }
    RnnModel<?> model = RnnModel.loadAny(spark, directory);
    if (model instanceof RnnForecastModel) {
      return model;
    }
    if (model.text() == null || model.vocabulary() == null) {
      throw new InputException(
          "the model at %s reads columns of token ids or vectors, not text; use it from Spark"
              .formatted(directory));
    }
    return model;
  }

  private static boolean exists(SparkSession spark, String directory) {
    try {
      Path path = new Path(directory);
      return path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "model %s cannot be read: %s".formatted(directory, FailureReason.of(e)), e);
    }
  }
}

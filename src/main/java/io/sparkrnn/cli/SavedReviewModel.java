package io.sparkrnn.cli;

import io.sparkrnn.spark.InputException;
import io.sparkrnn.spark.RnnClassificationModel;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Loads models that read text, as the commands need them. */
final class SavedReviewModel {
  private SavedReviewModel() {}

  /**
   * Loads a model.
   *
   * @throws InputException when there is none, or none that reads text
   */
  static RnnClassificationModel load(SparkSession spark, String directory) throws IOException {
    Path path = new Path(directory);
    if (!path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path)) {
      throw new InputException("there is no model at " + directory);
    }
    RnnClassificationModel model = RnnClassificationModel.load(directory);
    if (model.text() == null || model.vocabulary() == null) {
      throw new InputException(
          "the model at %s reads columns of token ids or vectors, not text; use it from Spark"
              .formatted(directory));
    }
    return model;
  }
}

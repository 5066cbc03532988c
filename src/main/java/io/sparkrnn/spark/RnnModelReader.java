package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.training.SavedModels;
import java.io.FileNotFoundException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads what {@link RnnModelWriter} wrote. */
final class RnnModelReader extends MLReader<RnnClassificationModel> {
  @Override
  public RnnClassificationModel load(String path) {
    Configuration hadoop = sparkSession().sparkContext().hadoopConfiguration();
    SavedModel saved = SavedModels.read(path, hadoop);
    try {
      return withMetadata(path, saved, hadoop);
    } catch (FileNotFoundException e) {
      throw new InputException("model '" + path + "' cannot be read: " + FailureReason.of(e), e);
    }
  }

  private static RnnClassificationModel withMetadata(
      String path, SavedModel saved, Configuration hadoop) throws FileNotFoundException {
    try {
      DefaultParamsReader.Metadata metadata =
          StageMetadata.read(path, RnnClassificationModel.class, hadoop);
      RnnClassificationModel model = new RnnClassificationModel(metadata.uid(), saved);
      metadata.getAndSetParams(model, Option.empty());
      return model;
    } catch (FileNotFoundException e) {
      throw e;
    } catch (Exception e) { // of Spark's parser: unchecked ones and undeclared ones
      throw new InputException(
          "model '" + path + "' cannot be read: its metadata is damaged: " + FailureReason.of(e),
          e);
    }
  }
}

package io.sparkrnn.spark;

import io.sparkrnn.io.ModelDirectory;
import io.sparkrnn.io.SavedModel;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads what {@link RnnModelWriter} wrote. */
final class RnnModelReader extends MLReader<RnnClassificationModel> {
  @Override
  public RnnClassificationModel load(String path) {
    Configuration hadoop = sparkSession().sparkContext().hadoopConfiguration();
    try {
      SavedModel saved = ModelDirectory.read(new HadoopStorage(path, hadoop));
      DefaultParamsReader.Metadata metadata =
          StageMetadata.read(path, RnnClassificationModel.class, hadoop);
      RnnClassificationModel model = new RnnClassificationModel(metadata.uid(), saved);
      metadata.getAndSetParams(model, Option.empty());
      return model;
    } catch (IOException e) {
      throw new InputException("model '" + path + "' cannot be read: " + e.getMessage(), e);
    }
  }
}

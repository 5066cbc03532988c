package io.sparkrnn.spark;

import io.sparkrnn.io.ModelDirectory;
import io.sparkrnn.io.SavedModel;
import java.io.IOException;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads what {@link RnnModelWriter} wrote. */
final class RnnModelReader extends MLReader<RnnClassificationModel> {
  @Override
  public RnnClassificationModel load(String path) {
    SavedModel saved = read(path);
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(
            path, sparkSession(), RnnClassificationModel.class.getName());
    RnnClassificationModel model = new RnnClassificationModel(metadata.uid(), saved);
    metadata.getAndSetParams(model, Option.empty());
    return model;
  }

  private SavedModel read(String path) {
    try {
      HadoopStorage storage =
          new HadoopStorage(path, sparkSession().sparkContext().hadoopConfiguration());
      return ModelDirectory.read(storage);
    } catch (IOException e) {
      throw new InputException("model '" + path + "' cannot be read: " + e.getMessage(), e);
    }
  }
}

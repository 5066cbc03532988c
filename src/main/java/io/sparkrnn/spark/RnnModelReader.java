package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.nn.ValueHead;
import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.training.SavedModels;
import java.io.FileNotFoundException;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/**
 * Reads what {@link RnnModelWriter} wrote.
 *
 * @param <M> the class of the model
 */
final class RnnModelReader<M extends RnnModel<M>> extends MLReader<M> {
  private final Class<M> type;
  private final BiFunction<String, SavedModel, M> create;

  RnnModelReader(Class<M> type, BiFunction<String, SavedModel, M> create) {
    this.type = type;
    this.create = create;
  }

  /** Loads a model of the class that its head asks for. */
  static RnnModel<?> loadAny(String path, Configuration hadoop) {
    SavedModel saved = SavedModels.read(path, hadoop);
    HeadSpec head = saved.network().head();
    if (head instanceof TokenHead) {
      return new RnnModelReader<>(RnnLanguageModelModel.class, RnnLanguageModelModel::new)
          .load(path, saved, hadoop);
    } else if (head instanceof ValueHead) {
      return new RnnModelReader<>(RnnRegressionModel.class, RnnRegressionModel::new)
          .load(path, saved, hadoop);
    } else if (head instanceof ForecastHead) {
      return new RnnModelReader<>(RnnForecastModel.class, RnnForecastModel::new)
          .load(path, saved, hadoop);
    } else if (head instanceof TranslationHead) {
      return new RnnModelReader<>(RnnTranslatorModel.class, RnnTranslatorModel::new)
          .load(path, saved, hadoop);
    } else if (head instanceof CtcHead) {
      return new RnnModelReader<>(RnnTranscriberModel.class, RnnTranscriberModel::new)
          .load(path, saved, hadoop);
    }
    if (head instanceof TagHead) {
      return new RnnModelReader<>(RnnTaggerModel.class, RnnTaggerModel::new)
          .load(path, saved, hadoop);
    }
    return new RnnModelReader<>(RnnClassificationModel.class, RnnClassificationModel::new)
        .load(path, saved, hadoop);
  }

  @Override
  public M load(String path) {
    Configuration hadoop = sparkSession().sparkContext().hadoopConfiguration();
    return load(path, SavedModels.read(path, hadoop), hadoop);
  }

  private M load(String path, SavedModel saved, Configuration hadoop) {
    try {
      DefaultParamsReader.Metadata metadata = StageMetadata.read(path, type, hadoop);
      M model = create.apply(metadata.uid(), saved);
      metadata.getAndSetParams(model, Option.empty());
      return model;
    } catch (FileNotFoundException e) {
      throw new InputException("model '" + path + "' cannot be read: " + FailureReason.of(e), e);
    } catch (Exception e) { // of Spark's parser: unchecked ones and undeclared ones
      throw new InputException(
          "model '" + path + "' cannot be read: its metadata is damaged: " + FailureReason.of(e),
          e);
    }
  }
}

package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.train.TrainingRecord;
import org.apache.spark.ml.util.MLReader;

/**
 * A trained regression that appends a number, on the scale of the labels, to a column of texts, of
 * token ids or of vectors.
 *
 * <p>Spark's {@code RegressionEvaluator} reads {@link #predictionCol} and {@link #labelCol}. Rows
 * that cannot be scored are treated as {@link #handleInvalid} says.
 */
public final class RnnRegressionModel extends RnnModel<RnnRegressionModel> {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a model.
   *
   * @param uid identifier of this stage
   * @param saved topology, parameters and what belongs to them. Not modified.
   */
  public RnnRegressionModel(String uid, SavedModel saved) {
    this(uid, saved, null);
  }

  /** Creates a model that was just trained, with what happened in the training. */
  RnnRegressionModel(String uid, SavedModel saved, TrainingRecord summary) {
    super(uid, saved, summary);
  }

  @Override
  RnnRegressionModel of(String uid, SavedModel saved, TrainingRecord summary) {
    return new RnnRegressionModel(uid, saved, summary);
  }

  @Override
  String labelColumn() {
    return getLabelCol();
  }

  /** Returns a reader of saved models. */
  public static MLReader<RnnRegressionModel> read() {
    return new RnnModelReader<>(RnnRegressionModel.class, RnnRegressionModel::new);
  }

  /** Loads a model saved by {@code write().save(path)} from any Hadoop file system. */
  public static RnnRegressionModel load(String path) {
    return read().load(path);
  }
}

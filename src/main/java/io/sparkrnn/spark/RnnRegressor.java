package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.ValueHead;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.NetworkSetup;
import io.sparkrnn.spark.params.UnitParams;
import io.sparkrnn.spark.params.task.RegressionParams;
import io.sparkrnn.spark.rows.LabelRule;
import io.sparkrnn.spark.rows.ShardSummary;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.train.TrainingRecord;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a recurrent network to predict a number, on a column of token ids or, when {@link
 * #vectorSize} is set, of vectors, distributed over Spark's executors.
 *
 * <p>Labels are standardized inside: by mean and standard deviation of the training rows, weights
 * counted. The model knows both, so that predictions are on the scale of the labels; {@link #loss}
 * and {@link #delta} are on the standardized scale. As with {@link RnnClassifier}, the result
 * depends on rows, parameters and seed alone.
 */
public final class RnnRegressor extends RnnEstimator<RnnRegressor, RnnRegressionModel>
    implements UnitParams<RnnRegressor>, RegressionParams<RnnRegressor> {
  private static final long serialVersionUID = 1L;

  /** Creates a regressor with the default parameters. */
  public RnnRegressor() {
    this(Identifiable.randomUID("rnnRegressor"));
  }

  /** Creates a regressor with the given identifier and the default parameters. */
  public RnnRegressor(String uid) {
    super(uid);
  }

  /** Any finite number. */
  @Override
  LabelRule labels() {
    return new LabelRule(0);
  }

  @Override
  String labelColumn() {
    return getLabelCol();
  }

  @Override
  HeadSpec head(HeadSpec head, ShardSummary found) {
    return ((ValueHead) head).scaledTo(found.labels().mean(), found.labels().deviation());
  }

  @Override
  public void checkParams() {
    super.checkParams();
    try {
      NetworkSetup.head(this, 0);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  @Override
  RnnRegressionModel model(String uid, SavedModel saved, TrainingRecord record) {
    return new RnnRegressionModel(uid, saved, record);
  }

  @Override
  StructType appended(StructType schema) {
    return ScoringPlan.append(
        schema, "", "", getPredictionCol(), getAttentionCol(), getReasonCol());
  }

  /** Returns a reader of saved regressors. */
  public static MLReader<RnnRegressor> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a regressor saved by {@code write().save(path)}. */
  public static RnnRegressor load(String path) {
    return read().load(path);
  }
}

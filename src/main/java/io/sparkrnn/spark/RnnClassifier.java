package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.NetworkSetup;
import io.sparkrnn.spark.params.UnitParams;
import io.sparkrnn.spark.rows.LabelRule;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.train.TrainingRecord;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a recurrent network on a column of token ids or, when {@link #vectorSize} is set, of
 * vectors, distributed over Spark's executors.
 *
 * <p>Labels are class indices; numbers are for {@link RnnRegressor}. Rows are assigned to {@link
 * #shards} by their content; each round every shard trains on its own and the driver averages. The
 * result depends on rows, parameters and seed, not on partitions, executors or lost tasks.
 */
public final class RnnClassifier extends RnnEstimator<RnnClassifier, RnnClassificationModel>
    implements UnitParams<RnnClassifier> {
  private static final long serialVersionUID = 1L;

  /** Creates a classifier with the default parameters. */
  public RnnClassifier() {
    this(Identifiable.randomUID("rnnClassifier"));
  }

  /** Creates a classifier with the given identifier and the default parameters. */
  public RnnClassifier(String uid) {
    super(uid);
  }

  @Override
  LabelRule labels() {
    return new LabelRule(NetworkSetup.head(this, LabelRule.MAX_CLASSES).classes());
  }

  @Override
  public void checkParams() {
    super.checkParams();
    if (labels().areNumbers()) {
      throw new InputException(
          "loss must be one of classes, got %s; RnnRegressor, --task regress, learns numbers"
              .formatted(getLoss()));
    }
  }

  @Override
  String labelColumn() {
    return getLabelCol();
  }

  @Override
  RnnClassificationModel model(String uid, SavedModel saved, TrainingRecord record) {
    return new RnnClassificationModel(uid, saved, record);
  }

  @Override
  StructType appended(StructType schema) {
    return ScoringPlan.append(
        schema,
        getRawPredictionCol(),
        getProbabilityCol(),
        getPredictionCol(),
        getAttentionCol(),
        getReasonCol());
  }

  /** Returns a reader of saved classifiers. */
  public static MLReader<RnnClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a classifier saved by {@code write().save(path)}. */
  public static RnnClassifier load(String path) {
    return read().load(path);
  }
}

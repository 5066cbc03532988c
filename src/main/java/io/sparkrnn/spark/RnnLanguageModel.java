package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.UnitParams;
import io.sparkrnn.spark.params.task.LanguageParams;
import io.sparkrnn.spark.rows.LabelRule;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.train.TrainingRecord;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a language model on texts, of which it needs no labels, distributed over Spark's
 * executors.
 *
 * <p>The texts of a shard are one stream, each ended by id 0, of which a step takes {@link
 * #segmentLength} tokens from each of {@link #batchSize} rows; states go on from segment to
 * segment. As with {@link RnnClassifier}, the result depends on rows, parameters and seed alone.
 *
 * <p>{@link #fit(TokenizedRows)} reads texts; of a column of ids, perplexity counts and bits per
 * character are bits per id.
 */
public final class RnnLanguageModel extends RnnEstimator<RnnLanguageModel, RnnLanguageModelModel>
    implements UnitParams<RnnLanguageModel>, LanguageParams<RnnLanguageModel> {
  private static final long serialVersionUID = 1L;

  /** Creates a language model with the default parameters. */
  public RnnLanguageModel() {
    this(Identifiable.randomUID("rnnLanguageModel"));
  }

  /** Creates a language model with the given identifier and the default parameters. */
  public RnnLanguageModel(String uid) {
    super(uid);
  }

  /** Texts are measured by their characters, any number of them. */
  @Override
  LabelRule labels() {
    return new LabelRule(0);
  }

  @Override
  String labelColumn() {
    return "";
  }

  @Override
  public void checkParams() {
    super.checkParams();
    if (!getWeightCol().isEmpty()) {
      throw new InputException(
          "weightCol must be empty for a language model, which reads texts as one stream, got '%s'"
              .formatted(getWeightCol()));
    }
  }

  @Override
  RnnLanguageModelModel model(String uid, SavedModel saved, TrainingRecord record) {
    return new RnnLanguageModelModel(uid, saved, record);
  }

  @Override
  StructType appended(StructType schema) {
    return ScoringPlan.appendTextScores(schema, getReasonCol());
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<RnnLanguageModel> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads an estimator saved by {@code write().save(path)}. */
  public static RnnLanguageModel load(String path) {
    return read().load(path);
  }
}

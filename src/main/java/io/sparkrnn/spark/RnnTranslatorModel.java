package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.params.task.TranslatingParams;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.translation.Beam;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A trained translator that appends {@code translation} to a column of texts.
 *
 * <p>Rows that cannot be translated are treated as {@link #handleInvalid} says. A text's
 * translation does not depend on the rows around it.
 */
public final class RnnTranslatorModel extends RnnModel<RnnTranslatorModel>
    implements TranslatingParams<RnnTranslatorModel> {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a model.
   *
   * @param uid identifier of this stage
   * @param saved topology, parameters and what belongs to them. Not modified.
   */
  public RnnTranslatorModel(String uid, SavedModel saved) {
    this(uid, saved, null);
  }

  /** Creates a model that was just trained, with what happened in the training. */
  RnnTranslatorModel(String uid, SavedModel saved, TrainingRecord summary) {
    super(uid, saved, summary);
  }

  @Override
  RnnTranslatorModel of(String uid, SavedModel saved, TrainingRecord summary) {
    return new RnnTranslatorModel(uid, saved, summary);
  }

  @Override
  String labelColumn() {
    return "";
  }

  @Override
  String translationColumn() {
    return getTargetCol();
  }

  @Override
  Beam search() {
    return new Beam(getBeam(), getLengthPenalty(), getTranslationLength());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireString(schema, getSourceCol());
    return ScoringPlan.appendTranslation(schema, getReasonCol());
  }

  /** Evaluates this model on pairs: {@link #sourceCol} and {@link #targetCol}. */
  @Override
  public Evaluation evaluate(Dataset<?> dataset) {
    return evaluateText(dataset, getSourceCol());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    return transformText(dataset, getSourceCol());
  }

  /** Returns a reader of saved models. */
  public static MLReader<RnnTranslatorModel> read() {
    return new RnnModelReader<>(RnnTranslatorModel.class, RnnTranslatorModel::new);
  }

  /** Loads a model saved by {@code write().save(path)} from any Hadoop file system. */
  public static RnnTranslatorModel load(String path) {
    return read().load(path);
  }
}

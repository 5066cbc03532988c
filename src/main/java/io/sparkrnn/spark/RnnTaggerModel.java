package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.spark.params.task.TaggingParams;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.metrics.Evaluation;
import java.util.List;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A trained tagger that appends to a column of words, or of vectors, an array of as many labels.
 *
 * <p>It reads {@link #tokensCol}, or {@link #featuresCol} when its network reads vectors, and
 * appends {@link #predictionCol}, {@value #TAGS} unless set. Rows that cannot be scored are treated
 * as {@link #handleInvalid} says.
 */
public final class RnnTaggerModel extends RnnModel<RnnTaggerModel>
    implements TaggingParams<RnnTaggerModel> {
  private static final long serialVersionUID = 1L;

  /** The column that is appended. */
  public static final String TAGS = "tags";

  /**
   * Creates a model.
   *
   * @param uid identifier of this stage
   * @param saved topology, parameters and what belongs to them. Not modified.
   */
  public RnnTaggerModel(String uid, SavedModel saved) {
    this(uid, saved, null);
  }

  /** Creates a model that was just trained, with what happened in the training. */
  RnnTaggerModel(String uid, SavedModel saved, TrainingRecord summary) {
    super(uid, saved, summary);
    setDefault(predictionCol(), TAGS);
  }

  @Override
  RnnTaggerModel of(String uid, SavedModel saved, TrainingRecord summary) {
    return new RnnTaggerModel(uid, saved, summary);
  }

  @Override
  String labelColumn() {
    return getLabelCol();
  }

  @Override
  public boolean labelsSteps() {
    return true;
  }

  /** Returns the labels that it knows. */
  public List<String> labels() {
    return toLocal().labels();
  }

  private boolean readsWords() {
    return network().input() instanceof InputSpec.Tokens;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return readsWords()
        ? ScoringPlan.ofText(this, network(), schema, getTokensCol()).append(schema)
        : super.transformSchema(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    return readsWords() ? transformText(dataset, getTokensCol()) : super.transform(dataset);
  }

  @Override
  public Evaluation evaluate(Dataset<?> dataset) {
    return readsWords() ? evaluateText(dataset, getTokensCol()) : super.evaluate(dataset);
  }

  /** Returns a reader of saved models. */
  public static MLReader<RnnTaggerModel> read() {
    return new RnnModelReader<>(RnnTaggerModel.class, RnnTaggerModel::new);
  }

  /** Loads a model saved by {@code write().save(path)} from any Hadoop file system. */
  public static RnnTaggerModel load(String path) {
    return read().load(path);
  }
}

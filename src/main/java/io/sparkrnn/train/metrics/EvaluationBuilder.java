package io.sparkrnn.train.metrics;

import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.targets.Targets;
import io.sparkrnn.train.TrainingException;
import io.sparkrnn.train.shards.RefusalCounts;
import java.io.Serializable;

/**
 * Collects predictions into an {@link Evaluation}; builders of parts merge in a fixed order.
 *
 * <p>Owned by one thread.
 */
public final class EvaluationBuilder implements Serializable {
  private static final long serialVersionUID = 1;

  private final HeadMetrics metrics;
  private final RefusalCounts refused = new RefusalCounts();

  /**
   * Starts an evaluation that takes the most probable class for the prediction.
   *
   * @param head head of the model, which says what its predictions are
   * @throws IllegalArgumentException if the head cannot be trained
   */
  public EvaluationBuilder(HeadSpec head) {
    this(head, Thresholds.none());
  }

  /**
   * Starts an evaluation.
   *
   * @param head head of the model, which says what its predictions are
   * @param thresholds which class is predicted; accuracy and confusion depend on them
   * @throws IllegalArgumentException if the head cannot be trained, or thresholds do not suit it
   */
  public EvaluationBuilder(HeadSpec head, Thresholds thresholds) {
    head.check(head.loss());
    metrics = HeadMetrics.of(head, thresholds);
  }

  /**
   * Adds all predictions of a shard.
   *
   * @param predictions outputs of the model, (predictions, K), in the order of the targets. Not
   *     modified.
   * @param targets of the kind that the head is trained on
   * @throws IllegalArgumentException if a label is no class of the model
   * @throws TrainingException if a prediction is NaN
   */
  public void add(float[] predictions, Targets targets) {
    metrics.add(predictions, targets);
  }

  /**
   * Adds one row.
   *
   * @param predictions outputs of the model, (rows, K). Not modified.
   * @param row the row of predictions to take
   * @param label the class index, or the target of a regression
   * @throws IllegalArgumentException if the label is no class of the model
   * @throws TrainingException if the prediction is NaN
   */
  public void add(float[] predictions, int row, float label) {
    metrics.add(predictions, row, label);
  }

  /**
   * Adds a text that a language model has measured.
   *
   * @param logProbability log p of all of its tokens and its end, by the natural logarithm
   * @param tokens their number
   * @param characters of the text as it came
   */
  public void addText(double logProbability, long tokens, long characters) {
    metrics.addText(logProbability, tokens, characters);
  }

  /**
   * Adds a translation that was made of a pair that {@link #addText} has added.
   *
   * @param translation what was made
   * @param reference what it should be like
   */
  public void addTranslation(String translation, String reference) {
    metrics.addTranslation(translation, reference);
  }

  /** Counts a row that was left out for a reason. */
  public void refuse(String reason) {
    refused.add(reason);
  }

  /** Counts rows that were left out. */
  public void refuse(RefusalCounts counts) {
    refused.merge(counts);
  }

  /**
   * Adds all rows of another builder, as if they had come after this one's.
   *
   * @param other a builder for the same model. Not modified.
   * @throws IllegalArgumentException if it is for another kind of head or number of classes
   */
  public void merge(EvaluationBuilder other) {
    metrics.merge(other.metrics);
    refused.merge(other.refused);
  }

  /** Returns the evaluation of the rows added so far. */
  public Evaluation build() {
    return new Evaluation(
        metrics.rows(),
        refused.rows(),
        metrics.result(),
        metrics.confusion(),
        refused.build(),
        metrics.baselines());
  }

  static TrainingException diverged(long rows) {
    return new TrainingException(
        "prediction is NaN at row " + rows + " of the evaluation; the model has diverged");
  }
}

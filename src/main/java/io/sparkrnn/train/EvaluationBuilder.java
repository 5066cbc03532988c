package io.sparkrnn.train;

import io.sparkrnn.nn.Loss;
import java.io.Serializable;

/**
 * Collects predictions into an {@link Evaluation}; builders of parts merge in a fixed order.
 *
 * <p>The area under the curve is exact, so a two-class builder keeps 4 bytes per row. Owned by one
 * thread.
 */
public final class EvaluationBuilder implements Serializable {
  private static final long serialVersionUID = 1;
  private static final double EPSILON = 1e-7;

  private final Loss loss;
  private final Thresholds thresholds;
  private final long[][] confusion;
  private final ScoreRanks ranks = new ScoreRanks();
  private final RefusalCounts refused = new RefusalCounts();
  private long rows;
  private double logLossSum;
  private double squaresSum;
  private double absoluteSum;

  /**
   * Starts an evaluation that takes the most probable class for the prediction.
   *
   * @param loss the loss of the model, which says what its predictions are
   * @param outputs number of outputs, K: 1 for one sigmoid, the number of classes for softmax
   * @throws IllegalArgumentException if the number of outputs does not suit the loss
   */
  public EvaluationBuilder(Loss loss, int outputs) {
    this(loss, outputs, Thresholds.none());
  }

  /**
   * Starts an evaluation.
   *
   * @param loss the loss of the model, which says what its predictions are
   * @param outputs number of outputs, K: 1 for one sigmoid, the number of classes for softmax
   * @param thresholds which class is predicted; accuracy and confusion depend on them
   * @throws IllegalArgumentException if the number of outputs or thresholds does not suit the loss
   */
  public EvaluationBuilder(Loss loss, int outputs, Thresholds thresholds) {
    boolean categorical = loss == Loss.CATEGORICAL_CROSSENTROPY;
    if (categorical ? outputs < 2 : outputs != 1) {
      throw new IllegalArgumentException(
          "outputs must be %s for %s, got %d".formatted(categorical ? ">= 2" : "1", loss, outputs));
    }
    this.loss = loss;
    int classes = loss == Loss.MEAN_SQUARED_ERROR ? 0 : Math.max(2, outputs);
    if (thresholds.size() > 0 && thresholds.size() != classes) {
      throw new IllegalArgumentException(
          "thresholds must have " + classes + " values, got " + thresholds.size());
    }
    this.thresholds = thresholds;
    this.confusion = new long[classes][classes];
  }

  /**
   * Adds one row.
   *
   * @param predictions outputs of the model, (rows, K). Not modified.
   * @param row the row of predictions to take
   * @param label the class index, or the target of a regression
   * @throws IllegalArgumentException if the label is no class of the model or the prediction is NaN
   */
  public void add(float[] predictions, int row, float label) {
    if (loss == Loss.MEAN_SQUARED_ERROR) {
      addValue(checked(predictions[row]), label);
    } else if (loss == Loss.BINARY_CROSSENTROPY) {
      addBinary(checked(predictions[row]), actual(label));
    } else {
      addCategorical(predictions, row * confusion.length, actual(label));
    }
    rows++;
  }

  /** Counts a row that was left out for a reason. */
  public void refuse(String reason) {
    refused.add(reason);
  }

  /**
   * Adds all rows of another builder, as if they had come after this one's.
   *
   * @param other a builder for the same model. Not modified.
   * @throws IllegalArgumentException if it is for another loss or number of classes
   */
  public void merge(EvaluationBuilder other) {
    if (loss != other.loss || confusion.length != other.confusion.length) {
      throw new IllegalArgumentException(
          "evaluations must be of one kind, got %s with %d classes and %s with %d classes"
              .formatted(loss, confusion.length, other.loss, other.confusion.length));
    }
    for (int i = 0; i < confusion.length; i++) {
      for (int j = 0; j < confusion.length; j++) {
        confusion[i][j] += other.confusion[i][j];
      }
    }
    ranks.merge(other.ranks);
    rows += other.rows;
    refused.merge(other.refused);
    logLossSum += other.logLossSum;
    squaresSum += other.squaresSum;
    absoluteSum += other.absoluteSum;
  }

  /** Returns the evaluation of the rows added so far. */
  public Evaluation build() {
    boolean regression = loss == Loss.MEAN_SQUARED_ERROR;
    return new Evaluation(
        rows,
        refused.rows(),
        regression ? Double.NaN : (double) correct() / rows,
        regression ? Double.NaN : logLossSum / rows,
        ranks.areaUnderCurve(),
        confusion,
        regression ? squaresSum / rows : Double.NaN,
        regression ? absoluteSum / rows : Double.NaN,
        refused.build());
  }

  private void addValue(float prediction, float target) {
    double error = (double) prediction - target;
    squaresSum += error * error;
    absoluteSum += Math.abs(error);
  }

  private void addBinary(float probability, int actual) {
    confusion[actual][thresholds.predicted(new double[] {1 - (double) probability, probability})]++;
    ranks.add(probability, actual == 1);
    logLossSum -= logOf(actual == 1 ? probability : 1 - (double) probability);
  }

  private void addCategorical(float[] predictions, int from, int actual) {
    double[] probability = new double[confusion.length];
    for (int k = 0; k < confusion.length; k++) {
      probability[k] = checked(predictions[from + k]);
    }
    confusion[actual][thresholds.predicted(probability)]++;
    if (confusion.length == 2) {
      ranks.add(predictions[from + 1], actual == 1);
    }
    logLossSum -= logOf(predictions[from + actual]);
  }

  private static double logOf(double probability) {
    return StrictMath.log(Math.min(Math.max(probability, EPSILON), 1 - EPSILON));
  }

  private int actual(float label) {
    int actual = (int) label;
    if (actual != label || actual < 0 || actual >= confusion.length) {
      throw new IllegalArgumentException(
          "label " + label + " is not a class in [0, " + confusion.length + ")");
    }
    return actual;
  }

  private float checked(float prediction) {
    if (Float.isNaN(prediction)) {
      throw new IllegalArgumentException(
          "prediction is NaN at row " + rows + " of the evaluation; the model has diverged");
    }
    return prediction;
  }

  private long correct() {
    long correct = 0;
    for (int i = 0; i < confusion.length; i++) {
      correct += confusion[i][i];
    }
    return correct;
  }
}

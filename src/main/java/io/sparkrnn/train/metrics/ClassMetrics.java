package io.sparkrnn.train.metrics;

import io.sparkrnn.nn.Activation;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Accuracy, log loss, area under the curve and confusion of classes.
 *
 * <p>The area is exact, so that of two classes 4 bytes are kept per row.
 */
final class ClassMetrics extends HeadMetrics {
  private static final long serialVersionUID = 1L;
  private static final double EPSILON = 1e-7;

  private final Activation activation;
  private final int outputs;
  private final Thresholds thresholds;
  private final long[][] confusion;
  private final ScoreRanks ranks = new ScoreRanks();
  private long rows;
  private double logLossSum;

  ClassMetrics(Activation activation, int outputs, int classes, Thresholds thresholds) {
    thresholds.check(classes);
    this.activation = activation;
    this.outputs = outputs;
    this.thresholds = thresholds;
    confusion = new long[classes][classes];
  }

  @Override
  void add(float[] predictions, int i, float target) {
    double[] probability = activation.probabilities(predictions, i, outputs);
    int actual = actual(target);
    for (double p : probability) {
      if (Double.isNaN(p)) {
        throw EvaluationBuilder.diverged(rows);
      }
    }
    confusion[actual][thresholds.predicted(probability)]++;
    if (probability.length == 2) {
      ranks.add((float) probability[1], actual == 1);
    }
    double clipped = Math.min(Math.max(probability[actual], EPSILON), 1 - EPSILON);
    logLossSum -= StrictMath.log(clipped);
    rows++;
  }

  private int actual(float label) {
    int actual = (int) label;
    if (actual != label || actual < 0 || actual >= confusion.length) {
      throw new IllegalArgumentException(
          "label " + label + " is not a class in [0, " + confusion.length + ")");
    }
    return actual;
  }

  @Override
  void merge(HeadMetrics part) {
    if (!(part instanceof ClassMetrics other)
        || activation != other.activation
        || outputs != other.outputs) {
      throw mismatch(part);
    }
    for (int i = 0; i < confusion.length; i++) {
      for (int j = 0; j < confusion.length; j++) {
        confusion[i][j] += other.confusion[i][j];
      }
    }
    ranks.merge(other.ranks);
    rows += other.rows;
    logLossSum += other.logLossSum;
  }

  @Override
  long rows() {
    return rows;
  }

  @Override
  SortedMap<Metric, Double> result() {
    long correct = 0;
    for (int i = 0; i < confusion.length; i++) {
      correct += confusion[i][i];
    }
    SortedMap<Metric, Double> result = new TreeMap<>();
    result.put(Metric.ACCURACY, (double) correct / rows);
    result.put(Metric.LOG_LOSS, logLossSum / rows);
    result.put(Metric.AUC, ranks.areaUnderCurve());
    result.put(Metric.MACRO_F1, MacroF1.of(confusion));
    result.remove(Metric.AUC, Double.NaN);
    return result;
  }

  @Override
  long[][] confusion() {
    return confusion;
  }

  @Override
  public String toString() {
    return "%d classes by %s".formatted(confusion.length, activation);
  }
}

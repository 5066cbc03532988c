package io.sparkrnn.train.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far predicted numbers are from the labels, as Spark's {@code RegressionEvaluator} has it.
 *
 * <pre>
 *   rmse = sqrt(mean of e^2)     mae = mean of |e|     r2 = 1 - sum of e^2 / sum of (label - mean)^2
 * </pre>
 */
final class RegressionMetrics extends HeadMetrics {
  private static final long serialVersionUID = 1L;

  private final Moments labels = new Moments();
  private long rows;
  private double squaresSum;
  private double absoluteSum;

  RegressionMetrics(Thresholds thresholds) {
    thresholds.check(0);
  }

  @Override
  void add(float[] predictions, int i, float target) {
    if (Float.isNaN(predictions[i])) {
      throw EvaluationBuilder.diverged(rows);
    }
    double error = (double) predictions[i] - target;
    squaresSum += error * error;
    absoluteSum += Math.abs(error);
    labels.add(target, 1);
    rows++;
  }

  @Override
  void merge(HeadMetrics part) {
    if (!(part instanceof RegressionMetrics other)) {
      throw mismatch(part);
    }
    rows += other.rows;
    squaresSum += other.squaresSum;
    absoluteSum += other.absoluteSum;
    labels.merge(other.labels);
  }

  @Override
  long rows() {
    return rows;
  }

  @Override
  SortedMap<Metric, Double> result() {
    double total = labels.squares();
    return new TreeMap<>(
        Map.of(
            Metric.RMSE,
            Math.sqrt(squaresSum / rows),
            Metric.MAE,
            absoluteSum / rows,
            Metric.R2,
            total > 0 ? 1 - squaresSum / total : Double.NaN));
  }

  @Override
  public String toString() {
    return "a regression";
  }
}

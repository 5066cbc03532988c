package io.sparkrnn.train.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Squared and absolute error of numbers, of classifiers that were trained as regressions. */
final class ValueMetrics extends HeadMetrics {
  private static final long serialVersionUID = 1L;

  private long rows;
  private double squaresSum;
  private double absoluteSum;

  ValueMetrics(Thresholds thresholds) {
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
    rows++;
  }

  @Override
  void merge(HeadMetrics part) {
    if (!(part instanceof ValueMetrics other)) {
      throw mismatch(part);
    }
    rows += other.rows;
    squaresSum += other.squaresSum;
    absoluteSum += other.absoluteSum;
  }

  @Override
  long rows() {
    return rows;
  }

  @Override
  SortedMap<Metric, Double> result() {
    return new TreeMap<>(
        Map.of(
            Metric.MEAN_SQUARED_ERROR, squaresSum / rows,
            Metric.MEAN_ABSOLUTE_ERROR, absoluteSum / rows));
  }

  @Override
  public String toString() {
    return "numbers";
  }
}

package io.sparkrnn.train.metrics;

import io.sparkrnn.train.shards.Refusals;
import java.util.Map;
import java.util.TreeMap;

/** Evaluations of given figures. */
public final class Evaluations {
  private Evaluations() {}

  /** An evaluation of classes. */
  public static Evaluation classes(
      long rows, Refusals refusals, double[] accuracyLossAuc, long[][] confusion) {
    Map<Metric, Double> metrics =
        Map.of(
            Metric.ACCURACY, accuracyLossAuc[0],
            Metric.LOG_LOSS, accuracyLossAuc[1],
            Metric.AUC, accuracyLossAuc[2]);
    return new Evaluation(rows, refusals.rows(), new TreeMap<>(metrics), confusion, refusals);
  }

  /** An evaluation of numbers. */
  public static Evaluation numbers(long rows, long refused, double squared, double absolute) {
    Map<Metric, Double> metrics =
        Map.of(Metric.MEAN_SQUARED_ERROR, squared, Metric.MEAN_ABSOLUTE_ERROR, absolute);
    return new Evaluation(rows, refused, new TreeMap<>(metrics), new long[0][0], Refusals.none());
  }
}

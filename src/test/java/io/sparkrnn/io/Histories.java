package io.sparkrnn.io;

import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Evaluations;
import io.sparkrnn.train.shards.Refusals;
import java.util.List;
import java.util.Map;

/** Histories to write and read again. */
final class Histories {
  private Histories() {}

  /** Two epochs, the second without evaluation, with numbers that JSON does not have. */
  static TrainingHistory oneEvaluated() {
    double none = Double.NaN;
    Evaluation first =
        Evaluations.classes(
            10,
            new Refusals(Map.of("text is null", 2L, "label 'good' is unknown", 1L)),
            new double[] {0.7, 0.6, none},
            new long[][] {{3, 2}, {1, 4}});
    return new TrainingHistory(
        List.of(
            new EpochRecord(1, 0.69, first, 1.5, 1000, 1e-3),
            new EpochRecord(2, 0.5, null, 1.25, 1100.5, 5e-4)),
        1,
        new double[] {0.5, 1e-30, none});
  }
}

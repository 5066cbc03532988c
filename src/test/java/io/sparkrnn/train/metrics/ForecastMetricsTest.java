package io.sparkrnn.train.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.nn.targets.SeriesFrame;
import io.sparkrnn.nn.targets.WindowTargets;
import io.sparkrnn.train.TrainingException;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** By hand, on the series 10, 20, 40, 30, 50, 60: mean 10, deviation 10, error 5. */
class ForecastMetricsTest {
  private static final float[] SCALED = {0, 1, 3, 2, 4, 5};

  private static WindowTargets windows(int... starts) {
    SeriesFrame frame = new SeriesFrame(0, new double[] {10}, new double[] {10}, new double[] {5});
    return new WindowTargets(
        SCALED, 1, 1, 2, 2, 0, starts, new int[starts.length], new SeriesFrame[] {frame});
  }

  private static ForecastHead head(List<Double> quantiles) {
    Loss loss = quantiles.isEmpty() ? Loss.MEAN_SQUARED_ERROR : Loss.QUANTILE;
    return new ForecastHead(Pooling.LAST, 2, 1, 3, quantiles, loss);
  }

  @Test
  void errorsAreThoseOfTheSeriesOwnUnit() {
    EvaluationBuilder builder = new EvaluationBuilder(head(List.of()));
    builder.add(new float[] {3, 4}, windows(2)); // 40 and 50, of 50 and 60
    Evaluation evaluation = builder.build();
    assertEquals(1, evaluation.rows());
    assertEquals(10, evaluation.value(Metric.RMSE), 1e-9);
    assertEquals(10, evaluation.value(Metric.MAE), 1e-9);
    assertEquals(2, evaluation.value(Metric.MASE), 1e-9);
    assertEquals((20.0 / 90 + 20.0 / 110) / 2, evaluation.value(Metric.SMAPE), 1e-9);
    assertEquals(1, evaluation.value(Metric.SCALED_LOSS), 1e-9);
    assertEquals(Metric.SCALED_LOSS, evaluation.watched());
  }

  @Test
  void baselinesAreThoseOfTheTextbook() {
    EvaluationBuilder builder = new EvaluationBuilder(head(List.of()));
    builder.add(new float[] {0, 0}, windows(2));
    SortedMap<String, SortedMap<Metric, Double>> baselines = builder.build().baselines();
    // window 40, 30; then 50, 60
    assertEquals(25, baselines.get("naive").get(Metric.MAE), 1e-9);
    assertEquals(
        (Math.abs(20 - 50) + Math.abs(10 - 60)) / 2.0,
        baselines.get("drift").get(Metric.MAE),
        1e-9);
    assertEquals(
        (Math.abs(20 - 50) + Math.abs(40 - 60)) / 2.0,
        baselines.get("seasonalNaive").get(Metric.MAE),
        1e-9);
    assertEquals(5, baselines.get("naive").get(Metric.MASE), 1e-9);
  }

  /** The season before the first row stands nowhere: that value is not counted. */
  @Test
  void aSeasonThatReachesBeforeTheSeriesIsNotCounted() {
    EvaluationBuilder builder = new EvaluationBuilder(head(List.of()));
    builder.add(new float[] {0, 0}, windows(0)); // forecasts 40 and 30; 30 has 10 before it
    assertEquals(20, builder.build().baselines().get("seasonalNaive").get(Metric.MAE), 1e-9);
  }

  @Test
  void coverageCountsWhatLiesBetweenTheOutermostQuantiles() {
    EvaluationBuilder builder = new EvaluationBuilder(head(List.of(0.1, 0.5, 0.9)));
    builder.add(new float[] {3, 4, 5, 1, 2, 3}, windows(2)); // 4 lies within, 5 does not
    Evaluation evaluation = builder.build();
    assertEquals(0.5, evaluation.value(Metric.COVERAGE), 1e-9);
    assertEquals(15, evaluation.value(Metric.MAE), 1e-9);
  }

  @Test
  void partsMergeAndNothingElseDoes() {
    EvaluationBuilder whole = new EvaluationBuilder(head(List.of()));
    whole.add(new float[] {1, 2, 3, 4}, windows(0, 2));
    EvaluationBuilder first = new EvaluationBuilder(head(List.of()));
    first.add(new float[] {1, 2}, windows(0));
    EvaluationBuilder second = new EvaluationBuilder(head(List.of()));
    second.add(new float[] {3, 4}, windows(2));
    first.merge(second);
    assertEquals(whole.build(), first.build());
    EvaluationBuilder other = new EvaluationBuilder(head(List.of(0.5)));
    assertThrows(IllegalArgumentException.class, () -> first.merge(other));
    assertThrows(TrainingException.class, () -> first.add(new float[] {Float.NaN, 0}, windows(0)));
  }
}

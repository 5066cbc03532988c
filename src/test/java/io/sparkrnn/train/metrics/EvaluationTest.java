package io.sparkrnn.train.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.train.shards.Refusals;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final Evaluation CLASSES =
      Evaluations.classes(
          10, Refusals.none(), new double[] {0.7, 0.5, Double.NaN}, new long[][] {{4, 1}, {2, 3}});
  private static final Evaluation NUMBERS = Evaluations.numbers(10, 0, 0.123456789, 0.5);

  @Test
  void theFigureWatchedIsOneOfThem() {
    assertEquals(Metric.LOG_LOSS, CLASSES.watched());
    assertEquals(Metric.MEAN_SQUARED_ERROR, NUMBERS.watched());
    assertEquals(Optional.of(Metric.ACCURACY), CLASSES.besideWatched());
    assertEquals(Optional.of(Metric.MEAN_ABSOLUTE_ERROR), NUMBERS.besideWatched());
    assertEquals(Double.NaN, NUMBERS.value(Metric.ACCURACY));
    TreeMap<Metric, Double> none = new TreeMap<>(Map.of(Metric.ACCURACY, 1.0));
    assertEquals(
        "metrics must have one that is watched, got [ACCURACY]",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Evaluation(1, 0, none, new long[1][1], Refusals.none()))
            .getMessage());
  }

  @Test
  void theLineOfAnEpochIsBrief() {
    assertEquals("loss 0.5000, accuracy 0.7000", CLASSES.brief());
    assertEquals("mean squared error 0.1235", NUMBERS.brief());
    assertEquals("rows 10, refused 0, accuracy 0.7000, log loss 0.5000", CLASSES.toString());
  }
}

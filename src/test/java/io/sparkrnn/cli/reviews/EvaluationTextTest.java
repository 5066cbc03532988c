package io.sparkrnn.cli.reviews;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Evaluations;
import io.sparkrnn.train.shards.Refusals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTextTest {
  private static Evaluation evaluation(long[][] confusion, Refusals refusals) {
    return Evaluations.classes(12, refusals, new double[] {0.75, 0.5, 0.8}, confusion);
  }

  @Test
  void theConfusionHasARowForEachActualClass() {
    long[][] confusion = {{4000, 1}, {2, 3}};
    assertEquals(
        List.of(
            "rows 12, refused 0, accuracy 0.7500, log loss 0.5000, auc 0.8000",
            "confusion, actual classes down, predicted ones across:",
            "              neg       pos",
            "    neg      4000         1",
            "    pos         2         3"),
        EvaluationText.lines(evaluation(confusion, Refusals.none()), List.of("neg", "pos")));
  }

  @Test
  void refusedRowsHaveTheirReasons() {
    Refusals refusals = new Refusals(Map.of("text is null", 3L));
    List<String> lines = EvaluationText.lines(evaluation(new long[2][2], refusals), List.of());
    assertEquals("3 rows refused: text is null (3)", lines.get(lines.size() - 1));
    assertEquals("                0         1", lines.get(2));
  }

  @Test
  void aConfusionTooWideForTheConsoleIsLeftToTheMetrics() {
    List<String> lines =
        EvaluationText.lines(evaluation(new long[30][30], Refusals.none()), List.of());
    assertEquals("confusion of 30 classes: see --metrics", lines.get(1));
    assertEquals(2, lines.size());
  }

  @Test
  void aRegressionHasNoConfusion() {
    Evaluation regression = Evaluations.numbers(5, 0, 0.25, 0.4);
    assertEquals(1, EvaluationText.lines(regression, List.of()).size());
  }
}

package io.sparkrnn.train.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.train.TrainingException;
import org.junit.jupiter.api.Test;

class LabelMetricsTest {
  @Test
  void changedAddedAndRemovedLabelsAreErrors() {
    assertEquals(0, LabelMetrics.edits(new int[] {1, 2}, new int[] {1, 2}));
    assertEquals(2, LabelMetrics.edits(new int[] {}, new int[] {1, 2}));
    assertEquals(2, LabelMetrics.edits(new int[] {3, 4}, new int[] {}));
    assertEquals(1, LabelMetrics.edits(new int[] {1, 3, 2}, new int[] {1, 2}));
    assertEquals(2, LabelMetrics.edits(new int[] {2, 3, 4, 5}, new int[] {1, 2, 3, 4}));
    assertEquals(3, LabelMetrics.edits(new int[] {1, 2, 3}, new int[] {4, 5, 6}));
  }

  @Test
  void partsMergeAndTheRateIsThatOfAllLabels() {
    EvaluationBuilder one = new EvaluationBuilder(new CtcHead(7));
    one.addTranscript(new int[] {1, 2, 3}, new int[] {1, 2, 3}, 0.5);
    EvaluationBuilder other = new EvaluationBuilder(new CtcHead(7));
    other.addTranscript(new int[] {1}, new int[] {2}, 1.5);
    one.merge(other);
    Evaluation evaluation = one.build();
    assertEquals(2, evaluation.rows());
    assertEquals(0.25, evaluation.value(Metric.LABEL_ERROR_RATE));
    assertEquals(1, evaluation.value(Metric.LOG_LOSS));
    assertEquals("loss 1.0000, label error rate 0.2500", evaluation.brief());
    assertThrows(
        TrainingException.class, () -> one.addTranscript(new int[0], new int[0], Double.NaN));
  }
}

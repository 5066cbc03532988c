package io.sparkrnn.train.wide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import io.sparkrnn.train.metrics.Thresholds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StackingTest {
  /**
   * Returns rows whose branches know the class by so much.
   *
   * @param outputs 1 for two classes, else the number of classes
   */
  private static StackedRows rows(int rows, int outputs, double wide, double recurrent) {
    Random random = new Random(rows + outputs);
    float[] logits = new float[rows * outputs];
    float[] probabilities = new float[rows * outputs];
    float[] labels = new float[rows];
    for (int row = 0; row < rows; row++) {
      int label = random.nextInt(Math.max(2, outputs));
      labels[row] = label;
      double[] of = new double[outputs];
      for (int k = 0; k < outputs; k++) {
        double sign = (outputs == 1 ? label == 1 : label == k) ? 1 : -1;
        logits[row * outputs + k] = (float) (sign * wide + random.nextGaussian());
        of[k] = sign * recurrent + random.nextGaussian();
      }
      Logits.toProbabilities(of);
      for (int k = 0; k < outputs; k++) {
        probabilities[row * outputs + k] = (float) of[k];
      }
    }
    float[] weights = new float[rows];
    Arrays.fill(weights, 1);
    return new StackedRows(logits, probabilities, labels, weights);
  }

  private static Stacking stacking(StackedRows rows, HeadSpec head) {
    return new Stacking(head, Thresholds.none(), rows);
  }

  private static double loss(Evaluation evaluation) {
    return evaluation.value(Metric.LOG_LOSS);
  }

  @Test
  void withoutRowsTheMeanOfBothIsTaken() {
    StackedRows none = rows(0, 1, 1, 1);
    Combination combination = stacking(none, HeadSpec.binary()).combination();
    assertEquals(0.5, combination.wide());
    assertEquals(0.5, combination.recurrent());
    assertEquals(0, combination.bias()[0]);
    WideRecord record = stacking(none, HeadSpec.binary()).record(3, 4, combination);
    assertNull(record.both());
    assertEquals(0, record.stackedRows());
  }

  @Test
  void aBranchThatKnowsNothingIsNotListenedTo() {
    for (int outputs : new int[] {1, 3}) {
      HeadSpec head =
          outputs == 1 ? HeadSpec.binary() : HeadSpec.of(Pooling.LAST, 3, Activation.SOFTMAX);
      Combination wide = stacking(rows(3000, outputs, 2, 0), head).combination();
      assertEquals(0, wide.recurrent(), 0.15);
      assertTrue(wide.wide() > 1);
      Combination recurrent = stacking(rows(3000, outputs, 0, 2), head).combination();
      assertEquals(0, recurrent.wide(), 0.15);
      assertTrue(recurrent.recurrent() > 1);
    }
  }

  @Test
  void bothAreBetterThanEither() {
    for (int outputs : new int[] {1, 3}) {
      HeadSpec head =
          outputs == 1 ? HeadSpec.binary() : HeadSpec.of(Pooling.LAST, 3, Activation.SOFTMAX);
      Stacking stacking = stacking(rows(1000, outputs, 1, 1), head);
      WideRecord record = stacking.record(1, 1, stacking.combination());
      assertEquals(1000, record.both().rows());
      assertTrue(loss(record.both()) < loss(record.wide()));
      assertTrue(loss(record.both()) < loss(record.recurrent()));
      assertTrue(record.both().value(Metric.ACCURACY) > record.recurrent().value(Metric.ACCURACY));
    }
  }

  /** Forty rows cannot say how much to listen to whom, but that one of them knows nothing. */
  @Test
  void aBranchThatKnowsNothingDoesNotWeighOnFewRows() {
    Combination wide = stacking(rows(40, 1, 1, 0), HeadSpec.binary()).combination();
    assertEquals(1, wide.wide(), 0.5);
    assertEquals(0, wide.recurrent(), 0.3);
    Combination recurrent = stacking(rows(40, 1, 0, 1), HeadSpec.binary()).combination();
    assertEquals(0, recurrent.wide(), 0.3);
    assertEquals(1, recurrent.recurrent(), 0.5);
  }

  @Test
  void certaintyOfTheNetworkStaysFinite() {
    float[] outputs = {0, 1, 0.5f};
    Combination.mean(1).apply(outputs, new float[] {3, -3, 0});
    assertTrue(outputs[0] > 0 && outputs[0] < 0.01);
    assertTrue(outputs[1] < 1 && outputs[1] > 0.99);
    assertEquals(0.5f, outputs[2]);
  }
}

package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossesTest {
  private static final double STEP = 1e-5;

  private final SplittableRandom random = new SplittableRandom(8);

  /** The textbook formula: minus the sum of y log p, without any care for saturation. */
  private static double reference(double[] z, double[] y) {
    double sum = 0;
    for (double v : z) {
      sum += Math.exp(v);
    }
    double loss = 0;
    for (int k = 0; k < z.length; k++) {
      loss -= y[k] * Math.log(Math.exp(z[k]) / sum);
    }
    return loss;
  }

  /** Targets as Keras smooths them; a binary target y is the pair (1 - y, y). */
  private static double[] targets(int classes, int label, double smoothing) {
    double[] targets = new double[classes];
    for (int k = 0; k < classes; k++) {
      targets[k] = (k == label ? 1 : 0) * (1 - smoothing) + smoothing / classes;
    }
    return targets;
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "0.1, 0", "0.1, 1", "0.6, 1"})
  void binaryFollowsKeras(double smoothing, int label) {
    LossFunction function = new LossFunction(Loss.BINARY_CROSSENTROPY, smoothing);
    for (int i = 0; i < 20; i++) {
      float x = (float) random.nextDouble(-5, 5);
      float[] z = {x};
      double loss = Losses.lossAndGradient(function, 1, label, 0.7, z, 0);
      double[] y = targets(2, label, smoothing);
      assertEquals(reference(new double[] {0, x}, y), loss, 1e-12);
      double above = reference(new double[] {0, x + STEP}, y);
      double below = reference(new double[] {0, x - STEP}, y);
      assertEquals(0.7 * (above - below) / (2 * STEP), z[0], 1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 3", "0.1, 2", "0.6, 1"})
  void categoricalFollowsKeras(double smoothing, int label) {
    LossFunction function = new LossFunction(Loss.CATEGORICAL_CROSSENTROPY, smoothing);
    double[] y = targets(4, label, smoothing);
    for (int i = 0; i < 20; i++) {
      float[] z = new float[5];
      double[] x = new double[4];
      for (int k = 0; k < 4; k++) {
        z[k + 1] = (float) random.nextDouble(-5, 5);
        x[k] = z[k + 1];
      }
      assertEquals(reference(x, y), Losses.lossAndGradient(function, 4, label, 0.7, z, 1), 1e-12);
      for (int k = 0; k < 4; k++) {
        x[k] += STEP;
        double above = reference(x, y);
        x[k] -= 2 * STEP;
        double below = reference(x, y);
        x[k] += STEP;
        assertEquals(0.7 * (above - below) / (2 * STEP), z[k + 1], 1e-6, "output " + k);
      }
    }
  }

  @Test
  void squaredErrorFollowsKeras() {
    LossFunction function = LossFunction.of(Loss.MEAN_SQUARED_ERROR);
    for (int i = 0; i < 20; i++) {
      float label = (float) random.nextDouble(-3, 3);
      float x = (float) random.nextDouble(-5, 5);
      float[] z = {17, x};
      double error = (double) x - label;
      assertEquals(error * error, Losses.lossAndGradient(function, 1, label, 0.7, z, 1), 1e-12);
      double above = Math.pow(error + STEP, 2);
      double below = Math.pow(error - STEP, 2);
      assertEquals(0.7 * (above - below) / (2 * STEP), z[1], 1e-6, "label " + label);
      assertEquals(17, z[0], "the row before");
    }
  }

  @Test
  void smoothingOutOfRangeOrOfValuesIsRefused() {
    assertEquals(
        "labelSmoothing must be in [0, 1), got 1.0",
        assertThrows(
                IllegalArgumentException.class, () -> new LossFunction(Loss.BINARY_CROSSENTROPY, 1))
            .getMessage());
    assertEquals(
        "labelSmoothing must be 0 for MEAN_SQUARED_ERROR, got 0.1",
        assertThrows(
                IllegalArgumentException.class,
                () -> new LossFunction(Loss.MEAN_SQUARED_ERROR, 0.1))
            .getMessage());
  }
}

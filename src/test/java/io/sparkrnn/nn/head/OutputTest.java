package io.sparkrnn.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.output.Output;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {
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
    Output output = Output.of(Activation.SIGMOID, 1);
    for (int i = 0; i < 20; i++) {
      float x = (float) random.nextDouble(-5, 5);
      float[] z = {x};
      double loss = output.lossAndGradient(smoothing, label, 0.7, z, 0);
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
    Output output = Output.of(Activation.SOFTMAX, 4);
    double[] y = targets(4, label, smoothing);
    for (int i = 0; i < 20; i++) {
      float[] z = new float[5];
      double[] x = new double[4];
      for (int k = 0; k < 4; k++) {
        z[k + 1] = (float) random.nextDouble(-5, 5);
        x[k] = z[k + 1];
      }
      assertEquals(reference(x, y), output.lossAndGradient(smoothing, label, 0.7, z, 1), 1e-12);
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
    Output output = Output.of(Activation.LINEAR, 1);
    for (int i = 0; i < 20; i++) {
      float label = (float) random.nextDouble(-3, 3);
      float x = (float) random.nextDouble(-5, 5);
      float[] z = {17, x};
      double error = (double) x - label;
      assertEquals(error * error, output.lossAndGradient(0, label, 0.7, z, 1), 1e-12);
      double above = Math.pow(error + STEP, 2);
      double below = Math.pow(error - STEP, 2);
      assertEquals(0.7 * (above - below) / (2 * STEP), z[1], 1e-6, "label " + label);
      assertEquals(17, z[0], "the row before");
    }
  }
}

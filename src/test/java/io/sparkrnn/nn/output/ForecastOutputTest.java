package io.sparkrnn.nn.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.Pooling;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForecastOutputTest {
  private static final double STEP = 1e-5;

  private static ForecastHead head(Loss loss) {
    List<Double> quantiles = loss == Loss.QUANTILE ? List.of(0.1, 0.5, 0.8) : List.of();
    return new ForecastHead(Pooling.LAST, 2, 1, 1, quantiles, loss);
  }

  /** The textbook formulas, the mean over the outputs of one value. */
  private static double reference(Loss loss, double[] z, double y) {
    double sum = 0;
    double[] p = {0.1, 0.5, 0.8};
    for (int q = 0; q < z.length; q++) {
      double e = y - z[q];
      sum +=
          switch (loss) {
            case MEAN_SQUARED_ERROR -> e * e;
            case MEAN_ABSOLUTE_ERROR -> Math.abs(e);
            default -> Math.max(p[q] * e, (p[q] - 1) * e);
          };
    }
    return sum / z.length;
  }

  @ParameterizedTest
  @EnumSource(
      value = Loss.class,
      names = {"MEAN_SQUARED_ERROR", "MEAN_ABSOLUTE_ERROR", "QUANTILE"})
  void lossAndGradientFollowTheFormulas(Loss loss) {
    ForecastHead head = head(loss);
    Output output = Output.of(head);
    SplittableRandom random = new SplittableRandom(5);
    int each = head.outputsEach();
    for (int i = 0; i < 20; i++) {
      float label = (float) random.nextDouble(-3, 3);
      float[] z = new float[each + 1];
      double[] x = new double[each];
      for (int q = 0; q < each; q++) {
        z[q + 1] = (float) random.nextDouble(-5, 5);
        x[q] = z[q + 1];
      }
      assertEquals(reference(loss, x, label), output.lossAndGradient(0, label, 0.7, z, 1), 1e-12);
      for (int q = 0; q < each; q++) {
        x[q] += STEP;
        double above = reference(loss, x, label);
        x[q] -= 2 * STEP;
        double below = reference(loss, x, label);
        x[q] += STEP;
        assertEquals(0.7 * (above - below) / (2 * STEP), z[q + 1], 1e-6, "output " + q);
      }
    }
  }

  @Test
  void quantilesComeOutInOrder() {
    float[] z = {9, 3, 1, 2, 5, 6, 4};
    float[] y = new float[7];
    Output.of(head(Loss.QUANTILE)).activate(z, y, 1);
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5, 6}, y);
  }
}

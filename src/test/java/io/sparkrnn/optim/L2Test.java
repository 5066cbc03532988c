package io.sparkrnn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class L2Test {
  private static final int[] RANGES = {1, 4, 6, 9};

  @Test
  void addsTheGradientOfItsPenaltyWithinTheRanges() {
    SplittableRandom random = new SplittableRandom(3);
    L2 l2 = new L2(0.3);
    float[] parameters = new float[10];
    float[] before = new float[10];
    for (int i = 0; i < 10; i++) {
      parameters[i] = (float) random.nextDouble(-2, 2);
      before[i] = (float) random.nextDouble(-2, 2);
    }
    float[] gradient = before.clone();
    double penalty = l2.add(RANGES, parameters, gradient);
    assertEquals(penalty(parameters), penalty, 1e-12);
    for (int i = 0; i < 10; i++) {
      float step = 0x1p-6f;
      float[] above = parameters.clone();
      float[] below = parameters.clone();
      above[i] += step;
      below[i] -= step;
      double expected = (penalty(above) - penalty(below)) / ((double) above[i] - below[i]);
      assertEquals(before[i] + expected, gradient[i], 1e-6, "entry " + i);
    }
  }

  private static double penalty(float[] w) {
    double squares = 0;
    for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
      squares += (double) w[i] * w[i];
    }
    return 0.3 * squares;
  }

  @Test
  void aNegativeFactorIsRefused() {
    assertEquals(
        "l2 must be >= 0 and finite, got -1.0",
        assertThrows(IllegalArgumentException.class, () -> new L2(-1)).getMessage());
  }
}

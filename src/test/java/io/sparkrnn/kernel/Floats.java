package io.sparkrnn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.SplittableRandom;

/** Random arrays and comparisons for the kernels' tests. */
final class Floats {
  private Floats() {}

  /** Uniform in (-1, 1). */
  static float[] random(int size, SplittableRandom random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  static void assertSameBits(float[] expected, float[] actual, String what) {
    assertEquals(expected.length, actual.length, "size of " + what);
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
        fail("%s[%d] must be %s, got %s".formatted(what, i, expected[i], actual[i]));
      }
    }
  }

  static void assertNear(double[] expected, float[] actual, double tolerance, String what) {
    assertEquals(expected.length, actual.length, "size of " + what);
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= tolerance)) {
        fail("%s[%d] must be %s, got %s".formatted(what, i, expected[i], actual[i]));
      }
    }
  }

  static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}

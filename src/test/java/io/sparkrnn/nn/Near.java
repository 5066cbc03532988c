package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;

/**
 * A tolerance: relative, with an absolute floor.
 *
 * @param relative allowed difference as a part of the expected value
 * @param floor allowed difference of any value
 */
record Near(double relative, double floor) {
  void check(double[] expected, double[] actual, String what) {
    assertEquals(expected.length, actual.length, "size of " + what);
    for (int i = 0; i < expected.length; i++) {
      check(expected[i], actual[i], what + "[" + i + "]");
    }
  }

  void check(double[] expected, float[] actual, String what) {
    check(expected, widened(actual, 0, actual.length), what);
  }

  /** Returns some values in double. */
  static double[] widened(float[] values, int from, int count) {
    double[] wide = new double[count];
    Arrays.setAll(wide, i -> values[from + i]);
    return wide;
  }

  void check(double expected, double actual, String what) {
    if (!(Math.abs(expected - actual) <= floor + relative * Math.abs(expected))) {
      fail(what + " must be " + expected + ", got " + actual);
    }
  }
}

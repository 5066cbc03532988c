package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

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
    double[] wide = new double[actual.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = actual[i];
    }
    check(expected, wide, what);
  }

  void check(double expected, double actual, String what) {
    if (!(Math.abs(expected - actual) <= floor + relative * Math.abs(expected))) {
      fail(what + " must be " + expected + ", got " + actual);
    }
  }
}

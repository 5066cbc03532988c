package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;

/**
 * A tolerance: relative, with an absolute floor. Sums round by the size of their terms, so that in
 * an array with values above 1 the floor is a part of the largest.
 *
 * @param relative allowed difference as a part of the expected value
 * @param floor allowed difference of any value
 */
record Near(double relative, double floor) {
  void check(double[] expected, double[] actual, String what) {
    assertEquals(expected.length, actual.length, "size of " + what);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    Near scaled = new Near(relative, floor * Math.max(1, largest));
    for (int i = 0; i < expected.length; i++) {
      scaled.check(expected[i], actual[i], what + "[" + i + "]");
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

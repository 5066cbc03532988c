package io.sparkrnn.optim;

import java.util.Arrays;

/** Powers of a decay by repeated multiplication, the same on every JVM; remembered. */
final class Powers {
  private final double base;
  private double[] known = {1};

  Powers(double base) {
    this.base = base;
  }

  /** Returns base^k, 0 when negligible. */
  float power(int k) {
    if (k >= known.length) {
      extend(k);
    }
    return known[k] < OptimizerState.NEGLIGIBLE ? 0 : (float) known[k];
  }

  private void extend(int k) {
    int from = known.length;
    known = Arrays.copyOf(known, Math.max(k + 1, 2 * from));
    for (int i = from; i < known.length; i++) {
      known[i] = known[i - 1] * base;
    }
  }
}

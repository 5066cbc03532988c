package io.sparkrnn.optim;

import java.util.Arrays;

/**
 * The second moment of table rows that steps leave out because their gradient is zero: what the
 * dense rule does to them in every step is done at once when it matters.
 *
 * <pre>
 *   missed k steps:  v = rho^k v        in the row's next step, and when the round ends
 * </pre>
 *
 * <p>Equal to the dense rule but for rounding, which is done once and not k times. What is
 * negligible is cleared, as the state does it for what is not left out.
 *
 * <p>Owned by one thread; holds one int per row.
 */
final class RowDecay {
  private final float rho;
  private final GradientSupport support;
  private final int rows;

  /** Number of steps after which a row was up to date. */
  private final int[] upToDate;

  private int steps;
  private double[] powers = {1};

  /**
   * Creates the record of a round that begins, with all rows up to date.
   *
   * @param rho decay per step
   * @param support names the table, and before each step its rows
   */
  RowDecay(double rho, GradientSupport support) {
    this.rho = (float) rho;
    this.support = support;
    rows = support.tableRows();
    upToDate = new int[rows];
  }

  /** Tells the support what the rows of this step have missed, and counts the step. */
  void beforeStep() {
    for (int i = 0; i < support.rowCount(); i++) {
      int row = support.row(i);
      support.setDecay(i, power(steps - upToDate[row]));
      upToDate[row] = steps + 1;
    }
    steps++;
  }

  /** Brings all rows up to date. */
  void finish(float[] v) {
    for (int row = 0; row < rows; row++) {
      if (upToDate[row] < steps) {
        int from = support.tableStart() + row * support.width();
        decay(v, from, from + support.width(), power(steps - upToDate[row]));
        upToDate[row] = steps;
      }
    }
  }

  private static void decay(float[] v, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      float decayed = v[i] * factor;
      v[i] = decayed < OptimizerState.NEGLIGIBLE ? 0 : decayed;
    }
  }

  /** Returns rho^k, 0 when negligible, by repeated multiplication: the same on every JVM. */
  private float power(int k) {
    if (k >= powers.length) {
      int known = powers.length;
      powers = Arrays.copyOf(powers, Math.max(k + 1, 2 * known));
      for (int i = known; i < powers.length; i++) {
        powers[i] = powers[i - 1] * rho;
      }
    }
    return powers[k] < OptimizerState.NEGLIGIBLE ? 0 : (float) powers[k];
  }
}

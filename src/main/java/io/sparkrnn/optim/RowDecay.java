package io.sparkrnn.optim;

import java.util.Arrays;

/**
 * The second moment of table rows that steps leave out because their gradient is zero: what the
 * dense rule does to them in every step is done at once when it matters.
 *
 * <pre>
 *   missed k steps:  v = rho^k v        before the row's next step, and when the round ends
 * </pre>
 *
 * <p>Equal to the dense rule but for rounding, which is done once and not k times. Entries below
 * {@link OptimizerState#NEGLIGIBLE} are cleared, as the state does it for what is not left out.
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

  /** Brings the rows of this step up to date, and counts the step. */
  void beforeStep(float[] v) {
    for (int i = 0; i < support.rowCount(); i++) {
      catchUp(v, support.row(i));
      upToDate[support.row(i)] = steps + 1;
    }
    steps++;
  }

  /** Brings all rows up to date. */
  void finish(float[] v) {
    for (int row = 0; row < rows; row++) {
      catchUp(v, row);
      upToDate[row] = steps;
    }
  }

  private void catchUp(float[] v, int row) {
    int missed = steps - upToDate[row];
    if (missed > 0) {
      int from = support.tableStart() + row * support.width();
      decay(v, from, from + support.width(), power(missed));
    }
  }

  private static void decay(float[] v, int from, int to, double factor) {
    for (int i = from; i < to; i++) {
      double decayed = v[i] * factor;
      v[i] = decayed < OptimizerState.NEGLIGIBLE ? 0 : (float) decayed;
    }
  }

  /** Returns rho^k by repeated multiplication, the same on every JVM; the table doubles. */
  private double power(int k) {
    if (k >= powers.length) {
      int known = powers.length;
      powers = Arrays.copyOf(powers, Math.max(k + 1, 2 * known));
      for (int i = known; i < powers.length; i++) {
        powers[i] = powers[i - 1] * rho;
      }
    }
    return powers[k];
  }
}

package io.sparkrnn.optim;

/**
 * RMSprop's second moment of table rows that steps leave out because their gradient is zero: what
 * the dense rule does to them in every step is done at once when it matters.
 *
 * <pre>
 *   missed k steps:  v = rho^k v        in the row's next step, and when the round ends
 * </pre>
 *
 * <p>Equal to the dense rule but for rounding, which is done once and not k times. What is
 * negligible is cleared, as the state does it for what is not left out.
 */
final class RowDecay {
  private final RowLag lag;
  private final Powers powers;

  RowDecay(double rho, RowLag lag) {
    this.lag = lag;
    powers = new Powers((float) rho);
  }

  /** Tells the support what the rows of this step have missed. */
  void beforeStep() {
    GradientSupport support = lag.support();
    for (int i = 0; i < support.rowCount(); i++) {
      support.setDecay(i, powers.power(lag.missed(support.row(i))));
    }
  }

  /** Brings all rows up to date. */
  void finish(float[] v) {
    for (int row = 0; row < lag.rows(); row++) {
      if (lag.missed(row) > 0) {
        int from = lag.start(row);
        decay(v, from, from + lag.support().width(), powers.power(lag.missed(row)));
      }
    }
  }

  private static void decay(float[] v, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      float decayed = v[i] * factor;
      v[i] = decayed < OptimizerState.NEGLIGIBLE ? 0 : decayed;
    }
  }
}

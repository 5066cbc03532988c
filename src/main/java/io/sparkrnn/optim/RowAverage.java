package io.sparkrnn.optim;

/**
 * The moving average of table rows that steps leave out: the parameters stand still meanwhile, and
 * the average comes nearer to them.
 *
 * <pre>
 *   missed k steps:  average = p + momentum^k (average - p)     before the row's next step, and
 *                                                               when the round ends
 * </pre>
 */
final class RowAverage {
  private final RowLag lag;
  private final Powers powers;

  RowAverage(MovingAverage ema, RowLag lag) {
    this.lag = lag;
    powers = new Powers(1 - (double) (float) (1 - ema.momentum()));
  }

  /** Brings the rows of this step up to date, before their parameters move. */
  void beforeStep(float[] parameters, float[] average) {
    GradientSupport support = lag.support();
    for (int i = 0; i < support.rowCount(); i++) {
      catchUp(parameters, average, support.row(i));
    }
  }

  /** Brings all rows up to date. */
  void finish(float[] parameters, float[] average) {
    for (int row = 0; row < lag.rows(); row++) {
      catchUp(parameters, average, row);
    }
  }

  private void catchUp(float[] parameters, float[] average, int row) {
    if (lag.missed(row) > 0) {
      float past = powers.power(lag.missed(row));
      int from = lag.start(row);
      for (int i = from; i < from + lag.support().width(); i++) {
        average[i] = Math.fma(average[i] - parameters[i], past, parameters[i]);
      }
    }
  }
}

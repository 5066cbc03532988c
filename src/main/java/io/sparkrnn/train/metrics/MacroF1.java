package io.sparkrnn.train.metrics;

import java.util.Arrays;

/** The mean of the F1 scores of classes, each counting the same, as in scikit-learn. */
final class MacroF1 {
  private MacroF1() {}

  /**
   * Returns it; classes that neither stand anywhere nor are predicted do not count.
   *
   * @param confusion [actual][predicted]. Not modified.
   */
  static double of(long[][] confusion) {
    double sum = 0;
    int known = 0;
    for (int k = 0; k < confusion.length; k++) {
      long actual = Arrays.stream(confusion[k]).sum();
      long predicted = 0;
      for (long[] row : confusion) {
        predicted += row[k];
      }
      if (actual + predicted > 0) {
        sum += 2.0 * confusion[k][k] / (actual + predicted);
        known++;
      }
    }
    return sum / known;
  }
}

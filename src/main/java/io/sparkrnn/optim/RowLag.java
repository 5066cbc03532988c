package io.sparkrnn.optim;

import java.util.Arrays;

/**
 * How many steps of a round each row of the table has been left out of; all are up to date when the
 * round begins.
 *
 * <p>Owned by one thread; holds one int per row.
 */
final class RowLag {
  private final GradientSupport support;

  /** Number of steps after which a row was up to date. */
  private final int[] upToDate;

  private int steps;

  RowLag(GradientSupport support) {
    this.support = support;
    upToDate = new int[support.tableRows()];
  }

  GradientSupport support() {
    return support;
  }

  /** Returns V, the number of rows of the table. */
  int rows() {
    return upToDate.length;
  }

  /** Returns where a row starts among the parameters. */
  int start(int row) {
    return support.tableStart() + row * support.width();
  }

  /** Returns how many steps a row has missed. */
  int missed(int row) {
    return steps - upToDate[row];
  }

  /** Counts a step; the rows of the support are up to date when it is done. */
  void step() {
    steps++;
    for (int i = 0; i < support.rowCount(); i++) {
      upToDate[support.row(i)] = steps;
    }
  }

  /** Says that all rows have been brought up to date. */
  void finish() {
    Arrays.fill(upToDate, steps);
  }
}

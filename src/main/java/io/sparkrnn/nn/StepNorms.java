package io.sparkrnn.nn;

import io.sparkrnn.kernel.Require;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The norm of the gradient by the hidden state, by time step: what vanishes and what explodes on
 * the way back through time.
 *
 * <p>Steps are counted back from the last step of each sequence, where the loss enters, so that
 * sequences of different lengths line up. Not thread-safe.
 */
public final class StepNorms implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] sumsOfSquares;
  private final long[] rows;

  /**
   * Creates an empty record.
   *
   * @param maxSteps steps kept; what lies further back is not recorded
   */
  public StepNorms(int maxSteps) {
    Require.positive("maxSteps", maxSteps);
    sumsOfSquares = new double[maxSteps];
    rows = new long[maxSteps];
  }

  private StepNorms(double[] sumsOfSquares, long[] rows) {
    this.sumsOfSquares = sumsOfSquares;
    this.rows = rows;
  }

  /**
   * Returns a record of known sums, as a checkpoint keeps them.
   *
   * @param sumsOfSquares squared norms by steps before the end. Not modified.
   * @param rows how many rows each is the sum of, as many. Not modified.
   * @throws IllegalArgumentException if there is none, or the numbers differ
   */
  public static StepNorms of(double[] sumsOfSquares, long[] rows) {
    Require.positive("maxSteps", rows.length);
    if (sumsOfSquares.length != rows.length) {
      throw new IllegalArgumentException(
          "sumsOfSquares must have %d values, got %d".formatted(rows.length, sumsOfSquares.length));
    }
    return new StepNorms(sumsOfSquares.clone(), rows.clone());
  }

  /** Returns the squared norms by steps before the end, a copy. */
  public double[] sumsOfSquares() {
    return sumsOfSquares.clone();
  }

  /** Returns by steps before the end how many rows the squared norms are the sum of, a copy. */
  public long[] rows() {
    return rows.clone();
  }

  /** Returns how many steps are kept. */
  public int maxSteps() {
    return rows.length;
  }

  /**
   * Adds the squared norm of {@code count} rows at a distance of {@code stepsBeforeEnd} from the
   * last step.
   */
  public void add(int stepsBeforeEnd, double sumOfSquares, long count) {
    if (stepsBeforeEnd < rows.length) {
      sumsOfSquares[stepsBeforeEnd] += sumOfSquares;
      rows[stepsBeforeEnd] += count;
    }
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(sumsOfSquares, 0);
    Arrays.fill(rows, 0);
  }

  /**
   * Adds what another record holds.
   *
   * @param other a record of the same or fewer steps. Not modified.
   */
  public void merge(StepNorms other) {
    for (int step = 0; step < other.rows.length; step++) {
      add(step, other.sumsOfSquares[step], other.rows[step]);
    }
  }

  /**
   * Returns what both records hold together, as many steps as the longer one keeps.
   *
   * @param other any record. Not modified.
   */
  public StepNorms plus(StepNorms other) {
    StepNorms sum = new StepNorms(Math.max(rows.length, other.rows.length));
    sum.merge(this);
    sum.merge(other);
    return sum;
  }

  /**
   * Returns the root mean square over the rows of the gradient's norm, by steps before the end, up
   * to the last one seen.
   */
  public double[] rootMeanSquares() {
    int seen = rows.length;
    while (seen > 0 && rows[seen - 1] == 0) {
      seen--;
    }
    double[] norms = new double[seen];
    for (int step = 0; step < seen; step++) {
      norms[step] = rows[step] == 0 ? 0 : Math.sqrt(sumsOfSquares[step] / rows[step]);
    }
    return norms;
  }
}

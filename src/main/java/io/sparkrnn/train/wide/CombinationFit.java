package io.sparkrnn.train.wide;

import io.sparkrnn.optim.ConvexObjective;
import io.sparkrnn.optim.TrustRegionNewton;
import java.util.Arrays;

/**
 * Fits a {@link Combination} to rows: the least sum of weighted cross-entropies and of a penalty
 * that draws it to the mean of both branches, which few rows hardly leave.
 *
 * <pre>
 *   sum of losses + prior/2 ((wide - 1/2)^2 + (recurrent - 1/2)^2 + |bias|^2)
 * </pre>
 */
final class CombinationFit implements ConvexObjective {
  /** As much as some fifty uncertain rows say. */
  private static final double PRIOR = 10;

  private static final double TOLERANCE = 1e-9;
  private static final int MOST_STEPS = 100;

  private final StackedRows rows;
  private final int outputs;

  private CombinationFit(StackedRows rows, int outputs) {
    this.rows = rows;
    this.outputs = outputs;
  }

  /** Returns the combination for rows, the mean of both branches without any. */
  static Combination of(StackedRows rows, int outputs) {
    double[] x = new double[2 + outputs];
    x[0] = 0.5;
    x[1] = 0.5;
    new TrustRegionNewton(new CombinationFit(rows, outputs), TOLERANCE, MOST_STEPS).minimize(x);
    return new Combination(x[0], x[1], Arrays.copyOfRange(x, 2, x.length));
  }

  @Override
  public int size() {
    return 2 + outputs;
  }

  @Override
  public double valueAndGradient(double[] x, double[] gradient) {
    double value = 0;
    for (int i = 0; i < x.length; i++) {
      double away = x[i] - (i < 2 ? 0.5 : 0);
      gradient[i] = PRIOR * away;
      value += 0.5 * PRIOR * away * away;
    }
    double[] logits = new double[outputs];
    for (int row = 0; row < rows.rows(); row++) {
      int label = (int) rows.labels()[row];
      double weight = rows.weights()[row];
      logits(x, row, logits);
      value += weight * Logits.loss(logits, label);
      Logits.toProbabilities(logits);
      Logits.toDerivative(logits, label, weight);
      spread(logits, row, gradient);
    }
    return value;
  }

  @Override
  public void curvature(double[] x, double[] direction, double[] product) {
    for (int i = 0; i < x.length; i++) {
      product[i] = PRIOR * direction[i];
    }
    double[] probabilities = new double[outputs];
    double[] moved = new double[outputs];
    for (int row = 0; row < rows.rows(); row++) {
      logits(x, row, probabilities);
      Logits.toProbabilities(probabilities);
      logits(direction, row, moved);
      Logits.curve(probabilities, moved, rows.weights()[row]);
      spread(moved, row, product);
    }
  }

  /** Computes what so many factors make of a row; it is linear in them. */
  private void logits(double[] factors, int row, double[] logits) {
    for (int k = 0; k < outputs; k++) {
      logits[k] =
          factors[0] * rows.wide()[row * outputs + k]
              + factors[1] * recurrent(row, k)
              + factors[2 + k];
    }
  }

  private double recurrent(int row, int k) {
    return Combination.logit(rows.recurrent()[row * outputs + k], outputs);
  }

  private void spread(double[] derivative, int row, double[] sums) {
    for (int k = 0; k < outputs; k++) {
      sums[0] += derivative[k] * rows.wide()[row * outputs + k];
      sums[1] += derivative[k] * recurrent(row, k);
      sums[2 + k] += derivative[k];
    }
  }
}

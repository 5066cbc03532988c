package io.sparkrnn.train.wide;

import io.sparkrnn.optim.ConvexObjective;
import io.sparkrnn.optim.TrustRegionNewton;
import java.util.Arrays;

/**
 * Fits a {@link Combination} to rows: the least sum of weighted cross-entropies and of a penalty
 * that draws it to a centre, which few rows hardly leave.
 *
 * <pre>
 *   sum of losses + prior/2 |(wide, recurrent, bias) - centre|^2
 *   centres: the mean of both branches (1/2, 1/2, 0), either alone (1, 0, 0) and (0, 1, 0)
 * </pre>
 *
 * <p>The centre is the one under which rows are predicted best by the others, so that a branch that
 * knows little does not weigh on one that knows much when rows are too few to tell how much; where
 * they are many, it does not matter.
 */
final class CombinationFit implements ConvexObjective {
  /** As much as some fifty uncertain rows say. */
  private static final double PRIOR = 10;

  private static final double[][] CENTRES = {{0.5, 0.5}, {1, 0}, {0, 1}};

  /** Numbers of each branch up to which centres are compared. */
  private static final int FEW = 20_000;

  private static final int FOLDS = 5;
  private static final double TOLERANCE = 1e-9;
  private static final int MOST_STEPS = 100;

  private final StackedRows rows;
  private final int outputs;
  private final double[] centre;
  private final double[] recurrent;

  private CombinationFit(StackedRows rows, int outputs, double[] centre) {
    this.rows = rows;
    this.outputs = outputs;
    this.centre = centre;
    recurrent = new double[rows.recurrent().length];
    for (int i = 0; i < recurrent.length; i++) {
      recurrent[i] = Combination.logit(rows.recurrent()[i], outputs);
    }
  }

  /** Returns the combination for rows, the mean of both branches without any. */
  static Combination of(StackedRows rows, int outputs) {
    double[] best = CENTRES[0];
    if (rows.rows() > 0 && (long) rows.rows() * outputs <= FEW) {
      double least = Double.POSITIVE_INFINITY;
      for (double[] centre : CENTRES) {
        double loss = heldOutLoss(rows, outputs, centre);
        best = loss < least ? centre : best;
        least = Math.min(loss, least);
      }
    }
    return combination(new CombinationFit(rows, outputs, best).fit());
  }

  private static Combination combination(double[] x) {
    return new Combination(x[0], x[1], Arrays.copyOfRange(x, 2, x.length));
  }

  /** Returns the loss of all rows, each under what is fitted to the rows of other folds. */
  private static double heldOutLoss(StackedRows rows, int outputs, double[] centre) {
    double loss = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      double[] x = new CombinationFit(rows.part(fold, FOLDS, false), outputs, centre).fit();
      loss += new CombinationFit(rows.part(fold, FOLDS, true), outputs, centre).loss(x);
    }
    return loss;
  }

  private double[] fit() {
    double[] x = new double[size()];
    x[0] = centre[0];
    x[1] = centre[1];
    new TrustRegionNewton(this, TOLERANCE, MOST_STEPS).minimize(x);
    return x;
  }

  private double loss(double[] x) {
    double loss = 0;
    double[] logits = new double[outputs];
    for (int row = 0; row < rows.rows(); row++) {
      logits(x, row, logits);
      loss += rows.weights()[row] * Logits.loss(logits, (int) rows.labels()[row]);
    }
    return loss;
  }

  @Override
  public int size() {
    return 2 + outputs;
  }

  @Override
  public double valueAndGradient(double[] x, double[] gradient) {
    double value = 0;
    for (int i = 0; i < x.length; i++) {
      double away = x[i] - (i < 2 ? centre[i] : 0);
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
              + factors[1] * recurrent[row * outputs + k]
              + factors[2 + k];
    }
  }

  private void spread(double[] derivative, int row, double[] sums) {
    for (int k = 0; k < outputs; k++) {
      sums[0] += derivative[k] * rows.wide()[row * outputs + k];
      sums[1] += derivative[k] * recurrent[row * outputs + k];
      sums[2 + k] += derivative[k];
    }
  }
}

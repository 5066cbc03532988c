package io.sparkrnn.train.wide;

import io.sparkrnn.optim.ConvexObjective;

/**
 * What the wide branch minimizes over its coefficients w and biases b:
 *
 * <pre>
 *   sum over rows of weight * cross-entropy(b + sum over features j of r(j) w(j)) + lambda/2 |w|^2
 * </pre>
 *
 * <p>The sum over rows is whoever's that has them; all else is here. Biases have no penalty.
 */
final class WideObjective implements ConvexObjective {
  private final ShardSums shards;
  private final double[] scales;
  private final int outputs;
  private final double lambda;

  /**
   * Creates the objective.
   *
   * @param scales r, features x outputs. Not copied, not modified.
   * @param lambda factor of the penalty
   */
  WideObjective(ShardSums shards, double[] scales, int outputs, double lambda) {
    this.shards = shards;
    this.scales = scales;
    this.outputs = outputs;
    this.lambda = lambda;
  }

  @Override
  public int size() {
    return scales.length + outputs;
  }

  @Override
  public double valueAndGradient(double[] x, double[] gradient) {
    double[] sums = shards.sum(new LossPass(scaled(x), outputs));
    double squares = 0;
    for (int i = 0; i < scales.length; i++) {
      squares += x[i] * x[i];
    }
    unscale(sums, x, gradient);
    return sums[x.length] + 0.5 * lambda * squares;
  }

  @Override
  public void curvature(double[] x, double[] direction, double[] product) {
    double[] sums = shards.sum(new CurvaturePass(scaled(x), scaled(direction), outputs));
    unscale(sums, direction, product);
  }

  /** Returns coefficients times scales, and the biases: what rows add up. */
  double[] scaled(double[] x) {
    double[] scaled = x.clone();
    for (int i = 0; i < scales.length; i++) {
      scaled[i] *= scales[i];
    }
    return scaled;
  }

  private void unscale(double[] sums, double[] of, double[] result) {
    for (int i = 0; i < result.length; i++) {
      result[i] = i < scales.length ? scales[i] * sums[i] + lambda * of[i] : sums[i];
    }
  }
}

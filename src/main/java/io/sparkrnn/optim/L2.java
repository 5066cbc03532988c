package io.sparkrnn.optim;

import io.sparkrnn.kernel.Require;

/**
 * L2 regularization of some variables: a penalty on the loss.
 *
 * <pre>
 *   penalty  = l2 * sum(w^2)
 *   gradient = gradient + 2 l2 w
 * </pre>
 *
 * <p>Keras: {@code regularizers.L2}. The gradient is added before clipping, as there. Unlike the
 * weight decay of AdamW it goes through the optimizer's moments.
 *
 * @param l2 factor of the penalty, 0 or more
 */
public record L2(double l2) {
  public L2 {
    Require.notNegative("l2", l2);
  }

  /**
   * Adds the penalty's gradient and returns the penalty.
   *
   * @param ranges start and end of each variable, one pair after the other. Not modified.
   * @param parameters n values. Not modified.
   * @param gradient n values. Modified within the ranges.
   */
  public double add(int[] ranges, float[] parameters, float[] gradient) {
    float factor = (float) (2 * l2);
    double squares = 0;
    for (int range = 0; range < ranges.length; range += 2) {
      for (int i = ranges[range]; i < ranges[range + 1]; i++) {
        squares += (double) parameters[i] * parameters[i];
        gradient[i] = Math.fma(factor, parameters[i], gradient[i]);
      }
    }
    return l2 * squares;
  }
}

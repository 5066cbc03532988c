package io.sparkrnn.optim;

/**
 * A smooth convex function of many numbers, with its first and second derivatives.
 *
 * <p>Owned by one thread.
 */
public interface ConvexObjective {
  /** Returns how many numbers it is a function of. */
  int size();

  /**
   * Returns the value at {@code x}.
   *
   * @param x where, {@link #size} numbers. Not modified.
   * @param gradient the derivative there, as many. Modified: overwritten.
   */
  double valueAndGradient(double[] x, double[] gradient);

  /**
   * Computes the second derivative at {@code x} times a direction.
   *
   * @param x where. Not modified.
   * @param direction as many numbers. Not modified.
   * @param product as many. Modified: overwritten.
   */
  void curvature(double[] x, double[] direction, double[] product);
}

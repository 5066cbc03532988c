package io.sparkrnn.train.course;

/**
 * How far shards drift apart in a round, as a share of how far their mean moves.
 *
 * <pre>
 *   x0            parameters before the round
 *   x(s), w(s)    parameters of shard s after it, its share of the examples
 *   m             sum of w(s) x(s)
 *
 *   divergence  = sqrt(sum of w(s) |x(s) - m|^2) / |m - x0|
 *               = sqrt(sum of w(s) |x(s) - x0|^2 - |m - x0|^2) / |m - x0|
 * </pre>
 *
 * <p>By the second form a shard's task needs no other shard: it hands back one number. 0 for one
 * shard; 1 when the shards are as far from their mean as it moved.
 */
public final class Divergence {
  private Divergence() {}

  /**
   * Returns |x - y|^2, summed in double in an order that depends on the length alone.
   *
   * @param x any numbers. Not modified.
   * @param y as many. Not modified.
   */
  public static double squaredDistance(float[] x, float[] y) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int end = x.length & -4;
    for (int i = 0; i < end; i += 4) { // four sums, for each waits for its last addition
      a += square(x[i], y[i]);
      b += square(x[i + 1], y[i + 1]);
      c += square(x[i + 2], y[i + 2]);
      d += square(x[i + 3], y[i + 3]);
    }
    for (int i = end; i < x.length; i++) {
      a += square(x[i], y[i]);
    }
    return (a + b) + (c + d);
  }

  private static double square(double x, double y) {
    return (x - y) * (x - y);
  }

  /**
   * Returns the divergence.
   *
   * @param squaredMoves mean of the shards' squared distances from where the round began
   * @param squaredMove that of their mean
   */
  public static double of(double squaredMoves, double squaredMove) {
    double apart = Math.max(0, squaredMoves - squaredMove); // below 0 by rounding alone
    return apart == 0 ? 0 : Math.sqrt(apart / squaredMove);
  }
}

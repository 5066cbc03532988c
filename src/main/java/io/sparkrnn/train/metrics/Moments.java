package io.sparkrnn.train.metrics;

import java.io.Serializable;

/**
 * Weight, mean and squared deviations of numbers, updated one by one or part by part: without the
 * difference of large sums that loses the digits of numbers far from 0.
 *
 * <p>The same numbers in the same order and parts give the same bits. Owned by one thread.
 *
 * @see <a href="https://doi.org/10.1080/00031305.1983.10483115">Chan, Golub and LeVeque, 1983</a>
 */
public final class Moments implements Serializable {
  private static final long serialVersionUID = 1L;

  private double weight;
  private double mean;
  private double squares;

  /** Creates the moments of no numbers. */
  public Moments() {}

  /** Adds a number that counts so much, at least 0. */
  public void add(double value, double weight) {
    if (weight > 0) {
      this.weight += weight;
      double distance = value - mean;
      mean += distance * (weight / this.weight);
      squares += weight * distance * (value - mean);
    }
  }

  /** Adds the numbers of another part. Not modified. */
  public void merge(Moments other) {
    if (other.weight > 0) {
      double both = weight + other.weight;
      double distance = other.mean - mean;
      mean += distance * (other.weight / both);
      squares += other.squares + distance * distance * weight * (other.weight / both);
      weight = both;
    }
  }

  /** Returns the mean, 0 of no numbers. */
  public double mean() {
    return mean;
  }

  /** Returns the weighted sum of (value - mean)^2. */
  double squares() {
    return squares;
  }

  /** Returns the standard deviation of the numbers as a whole population, 0 of no numbers. */
  public double deviation() {
    return weight > 0 ? Math.sqrt(Math.max(0, squares) / weight) : 0;
  }
}

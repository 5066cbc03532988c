package io.sparkrnn.train.shards;

import java.io.Serializable;

/**
 * Mean and squares of each number of vectors, of a shard or of several, merged in a fixed order.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records.
 *
 * @see <a href="https://doi.org/10.1080/00031305.1983.10483115">Chan, Golub and LeVeque, 1983</a>
 */
public final class FeatureSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long count;
  private final double[] mean;
  private final double[] squares;

  private FeatureSums(long count, double[] mean, double[] squares) {
    this.count = count;
    this.mean = mean;
    this.squares = squares;
  }

  /** Returns the sums over all steps of a shard of vectors. */
  public static FeatureSums of(PackedShard shard) {
    int size = shard.vectorSize();
    int steps = shard.steps();
    float[] vectors = shard.vectors();
    double[] mean = new double[size];
    double[] squares = new double[size];
    for (int i = 0; i < steps * size; i++) {
      mean[i % size] += vectors[i];
    }
    for (int d = 0; d < size; d++) {
      mean[d] = steps == 0 ? 0 : mean[d] / steps;
    }
    for (int i = 0; i < steps * size; i++) {
      double difference = vectors[i] - mean[i % size];
      squares[i % size] += difference * difference;
    }
    return new FeatureSums(steps, mean, squares);
  }

  /** Returns the sums over these vectors and others. */
  public FeatureSums plus(FeatureSums other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    long all = count + other.count;
    double[] meanOfAll = new double[mean.length];
    double[] squaresOfAll = new double[mean.length];
    for (int d = 0; d < mean.length; d++) {
      double difference = other.mean[d] - mean[d];
      meanOfAll[d] = mean[d] + difference * other.count / all;
      squaresOfAll[d] =
          squares[d]
              + other.squares[d]
              + difference * difference * ((double) count * other.count / all);
    }
    return new FeatureSums(all, meanOfAll, squaresOfAll);
  }

  /** Returns what gives each number the mean 0 and the standard deviation 1 over these vectors. */
  public Standardization standardization() {
    float[] means = new float[mean.length];
    float[] scales = new float[mean.length];
    for (int d = 0; d < mean.length; d++) {
      double deviation = count == 0 ? 0 : Math.sqrt(squares[d] / count);
      means[d] = (float) mean[d];
      float scale = (float) (1 / deviation);
      scales[d] = Float.isFinite(scale) ? scale : 1;
    }
    return new Standardization(means, scales);
  }
}

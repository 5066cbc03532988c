package io.sparkrnn.train.shards;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * What each number of a vector is shifted and scaled by before a network reads it:
 *
 * <pre>
 *   y = (x - mean) * scale     scale = 1 / standard deviation (population), 1 for a constant
 * </pre>
 *
 * <p>Learnt of the training rows, part of the model. Immutable by convention: the accessors hand
 * out the arrays themselves, which callers do not modify. A class and not a record, because Spark's
 * Kryo serializer cannot write records.
 */
public final class Standardization implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] mean;
  private final float[] scale;

  /**
   * Wraps numbers.
   *
   * @param mean one per number of a vector, finite. Not copied, not modified.
   * @param scale as many, finite. Not copied, not modified.
   */
  public Standardization(float[] mean, float[] scale) {
    this.mean = Objects.requireNonNull(mean, "mean");
    this.scale = Objects.requireNonNull(scale, "scale");
    if (mean.length != scale.length) {
      throw new IllegalArgumentException(
          "mean and scale must be as many, got %d and %d".formatted(mean.length, scale.length));
    }
    for (int d = 0; d < mean.length; d++) {
      if (!Float.isFinite(mean[d]) || !Float.isFinite(scale[d])) {
        throw new IllegalArgumentException(
            "mean and scale must be finite, got %s and %s at position %d"
                .formatted(mean[d], scale[d], d));
      }
    }
  }

  /** Returns the numbers of a vector. */
  public int size() {
    return mean.length;
  }

  /** Returns what is subtracted. */
  public float[] mean() {
    return mean;
  }

  /** Returns what the difference is multiplied by. */
  public float[] scale() {
    return scale;
  }

  /**
   * Standardizes vectors in place.
   *
   * @param vectors the first {@code steps} of them. Modified.
   */
  public void apply(float[] vectors, int steps) {
    int at = 0;
    for (int t = 0; t < steps; t++) {
      for (int d = 0; d < mean.length; d++, at++) {
        vectors[at] = (vectors[at] - mean[d]) * scale[d];
      }
    }
  }

  /** Returns the rows of a shard with their vectors standardized. */
  public PackedShard of(PackedShard shard) {
    float[] vectors = shard.vectors().clone();
    apply(vectors, shard.steps());
    return PackedShard.ofVectors(
        vectors, shard.vectorSize(), shard.offsets(), shard.targets(), shard.weights());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Standardization that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(scale, that.scale);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(scale);
  }

  @Override
  public String toString() {
    return "mean " + Arrays.toString(mean) + ", scale " + Arrays.toString(scale);
  }
}

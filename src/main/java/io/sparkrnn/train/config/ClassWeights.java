package io.sparkrnn.train.config;

import io.sparkrnn.train.shards.PackedShard;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How much the examples of each class count in training, times their own weights. Keras: {@code
 * class_weight}.
 *
 * @param weights by class index, each 0 or more; empty for 1 each
 */
public record ClassWeights(List<Double> weights) implements Serializable {
  public ClassWeights {
    weights = List.copyOf(weights);
    for (int index = 0; index < weights.size(); index++) {
      double weight = weights.get(index);
      if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "classWeight of class " + index + " must be >= 0 and finite, got " + weight);
      }
    }
  }

  /** Every class counts 1. */
  public static ClassWeights none() {
    return new ClassWeights(List.of());
  }

  /**
   * Returns the weights that some classes have; the others have 1.
   *
   * @param given weight by class index
   * @param classes number of classes
   * @throws IllegalArgumentException if there is no such class, or a weight is negative
   */
  public static ClassWeights of(Map<Integer, Double> given, int classes) {
    Double[] weights = new Double[classes];
    Arrays.fill(weights, 1.0);
    given.forEach(
        (index, weight) -> {
          if (index < 0 || index >= classes) {
            throw new IllegalArgumentException(
                "classWeight must name classes in [0, %d), got %d".formatted(classes, index));
          }
          weights[index] = weight;
        });
    return new ClassWeights(Arrays.asList(weights));
  }

  /**
   * Returns weights under which all classes count the same: rows / (classes * rows of the class),
   * as scikit-learn's {@code balanced}; 1 for classes without rows.
   *
   * @param counts training rows of each class. Not modified.
   */
  public static ClassWeights balanced(long[] counts) {
    double rows = Arrays.stream(counts).sum();
    return new ClassWeights(
        Arrays.stream(counts)
            .mapToObj(count -> count == 0 ? 1.0 : rows / ((double) counts.length * count))
            .toList());
  }

  /**
   * Returns the shard with each row's own weight times that of its class; the shard itself without
   * any.
   */
  public PackedShard apply(PackedShard shard) {
    if (weights.isEmpty()) {
      return shard;
    }
    float[] products = new float[shard.rows()];
    for (int row = 0; row < products.length; row++) {
      products[row] = (float) (weights.get((int) shard.labels()[row]) * shard.weights()[row]);
    }
    return shard.withWeights(products);
  }
}

package io.sparkrnn.train.wide;

import io.sparkrnn.train.config.ClassWeights;
import io.sparkrnn.train.shards.NgramRows;
import io.sparkrnn.train.shards.PackedShard;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The rows of a shard as the wide branch trains on them: the places of their n-grams among those
 * that are kept, class and weight. Rows of weight 0 are left out.
 *
 * <p>Immutable by convention; may be shared by threads.
 */
public final class WideShard implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] features;
  private final int[] offsets;
  private final int[] classes;
  private final double[] weights;

  private WideShard(int[] features, int[] offsets, int[] classes, double[] weights) {
    this.features = features;
    this.offsets = offsets;
    this.classes = classes;
    this.weights = weights;
  }

  /**
   * Takes what the wide branch needs of a shard.
   *
   * @param shard rows with n-grams and class indices. Not modified.
   * @param classWeights how much the rows of each class count, times their own weights
   */
  public static WideShard of(PackedShard shard, KeptNgrams kept, ClassWeights classWeights) {
    PackedShard weighted = classWeights.apply(shard);
    NgramRows ngrams = shard.ngrams();
    int[] features = new int[ngrams.buckets().length];
    int[] offsets = new int[shard.rows() + 1];
    int[] classes = new int[shard.rows()];
    double[] weights = new double[shard.rows()];
    int rows = 0;
    int size = 0;
    for (int row = 0; row < shard.rows(); row++) {
      if (weighted.weights()[row] > 0) {
        for (int i = ngrams.offsets()[row]; i < ngrams.offsets()[row + 1]; i++) {
          int place = kept.place(ngrams.buckets()[i]);
          if (place >= 0) {
            features[size++] = place;
          }
        }
        classes[rows] = (int) shard.labels()[row];
        weights[rows] = weighted.weights()[row];
        offsets[++rows] = size;
      }
    }
    return new WideShard(
        Arrays.copyOf(features, size),
        Arrays.copyOf(offsets, rows + 1),
        Arrays.copyOf(classes, rows),
        Arrays.copyOf(weights, rows));
  }

  /** Returns the number of rows. */
  int rows() {
    return classes.length;
  }

  /** Returns the class of a row. */
  int label(int row) {
    return classes[row];
  }

  /** Returns the weight of a row, above 0. */
  double weight(int row) {
    return weights[row];
  }

  /**
   * Adds up what the features of a row say of each output: the bias and the sum of their weights.
   *
   * @param parameters (features + 1) x K, the biases last. Not modified.
   * @param sums K. Modified: overwritten.
   */
  void sums(double[] parameters, int row, double[] sums) {
    int outputs = sums.length;
    System.arraycopy(parameters, parameters.length - outputs, sums, 0, outputs);
    for (int i = offsets[row]; i < offsets[row + 1]; i++) {
      int at = features[i] * outputs;
      for (int k = 0; k < outputs; k++) {
        sums[k] += parameters[at + k];
      }
    }
  }

  /**
   * Adds what is in {@code values} to the numbers of each feature of a row, and to the biases.
   *
   * @param totals (features + 1) x K, perhaps with more behind them. Modified.
   * @param biases where the biases are
   * @param values K. Not modified.
   */
  void spread(double[] totals, int biases, int row, double[] values) {
    int outputs = values.length;
    for (int i = offsets[row]; i < offsets[row + 1]; i++) {
      int at = features[i] * outputs;
      for (int k = 0; k < outputs; k++) {
        totals[at + k] += values[k];
      }
    }
    for (int k = 0; k < outputs; k++) {
      totals[biases + k] += values[k];
    }
  }
}

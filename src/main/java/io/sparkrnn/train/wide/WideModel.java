package io.sparkrnn.train.wide;

import io.sparkrnn.text.Ngrams;
import io.sparkrnn.train.shards.NgramRows;
import io.sparkrnn.train.shards.PackedShard;
import java.io.Serializable;

/**
 * A linear model of the n-grams of a text, each counted once:
 *
 * <pre>
 *   logit(k) = bias(k) + sum over the n-grams j of the text of kernel(j, k)
 * </pre>
 *
 * <p>One output is the logit of the second of two classes. Sums are in double, in the order of the
 * buckets. Immutable; may be shared by threads. A class and not a record, because Spark's Kryo
 * serializer cannot write records.
 */
public final class WideModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int longest;
  private final int buckets;
  private final KeptNgrams kept;
  private final float[] kernel;
  private final float[] bias;

  /**
   * Creates a model.
   *
   * @param ngrams which n-grams it reads
   * @param kept the ones that have weights
   * @param kernel their weights, n-grams x outputs. Not copied, not modified.
   * @param bias outputs. Not copied, not modified.
   * @throws IllegalArgumentException if the sizes do not fit each other
   */
  public WideModel(Ngrams ngrams, KeptNgrams kept, float[] kernel, float[] bias) {
    if ((long) kept.size() * bias.length != kernel.length || bias.length == 0) {
      throw new IllegalArgumentException(
          "wide kernel of %d n-grams and %d outputs must have as many weights, got %d"
              .formatted(kept.size(), bias.length, kernel.length));
    }
    longest = ngrams.longest();
    buckets = ngrams.buckets();
    this.kept = kept;
    this.kernel = kernel;
    this.bias = bias;
  }

  /** Returns which n-grams it reads. */
  public Ngrams ngrams() {
    return new Ngrams(longest, buckets);
  }

  /** Returns the n-grams that have weights. */
  public KeptNgrams kept() {
    return kept;
  }

  /** Returns their weights, n-grams x outputs. Not a copy; not to be modified. */
  public float[] kernel() {
    return kernel;
  }

  /** Returns the biases. Not a copy; not to be modified. */
  public float[] bias() {
    return bias;
  }

  /** Returns the number of outputs, K. */
  public int outputs() {
    return bias.length;
  }

  /**
   * Returns the weight that an n-gram of a bucket has for an output, 0 when it has none.
   *
   * @param output one of K
   */
  public double weight(int bucket, int output) {
    int place = kept.place(bucket);
    return place < 0 ? 0 : kernel[place * bias.length + output];
  }

  /**
   * Returns the logits of all rows of a shard, rows x K.
   *
   * @throws IllegalArgumentException if the rows have no n-grams
   */
  public float[] logits(PackedShard shard) {
    NgramRows ngrams = shard.ngrams();
    if (ngrams.rows() != shard.rows()) {
      throw new IllegalArgumentException(
          "the model's wide branch reads n-grams of texts, got rows of ids alone");
    }
    float[] logits = new float[shard.rows() * outputs()];
    double[] sums = new double[outputs()];
    for (int row = 0; row < shard.rows(); row++) {
      sum(ngrams, row, sums);
      for (int k = 0; k < sums.length; k++) {
        logits[row * sums.length + k] = (float) sums[k];
      }
    }
    return logits;
  }

  private void sum(NgramRows ngrams, int row, double[] sums) {
    for (int k = 0; k < sums.length; k++) {
      sums[k] = bias[k];
    }
    for (int i = ngrams.offsets()[row]; i < ngrams.offsets()[row + 1]; i++) {
      int place = kept.place(ngrams.buckets()[i]);
      if (place >= 0) {
        for (int k = 0; k < sums.length; k++) {
          sums[k] += kernel[place * sums.length + k];
        }
      }
    }
  }
}

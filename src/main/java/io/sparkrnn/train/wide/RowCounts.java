package io.sparkrnn.train.wide;

import io.sparkrnn.train.shards.NgramRows;
import io.sparkrnn.train.shards.PackedShard;

/**
 * How many rows each n-gram is in, a byte a bucket: counts stop at {@value #MOST}, so that neither
 * the order of sums nor their grouping matters.
 */
public final class RowCounts {
  /** The largest count, which stands for all above it. */
  static final int MOST = 255;

  private RowCounts() {}

  /**
   * Returns the counts of a shard.
   *
   * @param shard rows with n-grams; those of weight 0 do not count. Not modified.
   * @param buckets number of buckets
   */
  public static byte[] of(PackedShard shard, int buckets) {
    byte[] counts = new byte[buckets];
    NgramRows ngrams = shard.ngrams();
    for (int row = 0; row < ngrams.rows(); row++) {
      if (shard.weights()[row] > 0) {
        for (int i = ngrams.offsets()[row]; i < ngrams.offsets()[row + 1]; i++) {
          int bucket = ngrams.buckets()[i];
          counts[bucket] += counts[bucket] == (byte) MOST ? 0 : 1;
        }
      }
    }
    return counts;
  }

  /**
   * Adds counts.
   *
   * @param sum Modified.
   * @param counts of as many buckets. Not modified.
   */
  public static void add(byte[] sum, byte[] counts) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (byte) Math.min(MOST, (sum[i] & 0xFF) + (counts[i] & 0xFF));
    }
  }
}

package io.sparkrnn.train.wide;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The n-grams that have a weight, as their buckets, and the place of each among them.
 *
 * <p>Finding a place takes two reads: of a bit for each bucket, and of how many bits come before
 * its word. Immutable; one instance may serve many threads. A class and not a record, because
 * Spark's Kryo serializer cannot write records.
 */
public final class KeptNgrams implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] kept;
  private final long[] bits;
  private final int[] before;

  /**
   * Creates the set.
   *
   * @param kept buckets, ascending, each once. Not copied, not modified.
   * @param buckets number of all buckets
   * @throws IllegalArgumentException if they are not ascending or not all of them are buckets
   */
  public KeptNgrams(int[] kept, int buckets) {
    this.kept = kept;
    bits = new long[(int) (((long) buckets + 63) >>> 6)];
    before = new int[bits.length];
    int last = -1;
    for (int bucket : kept) {
      if (bucket <= last || bucket >= buckets) {
        throw new IllegalArgumentException(
            "n-grams must be ascending buckets below %d, got %d after %d"
                .formatted(buckets, bucket, last));
      }
      bits[bucket >>> 6] |= 1L << bucket;
      last = bucket;
    }
    for (int word = 1; word < bits.length; word++) {
      before[word] = before[word - 1] + Long.bitCount(bits[word - 1]);
    }
  }

  /**
   * Chooses the n-grams of the most rows; of equal ones those of the first buckets.
   *
   * @param counts rows by bucket, see {@link RowCounts}. Not modified.
   * @param minCount rows that an n-gram must be in
   * @param most how many are chosen at most
   */
  static KeptNgrams of(byte[] counts, int minCount, int most) {
    int[] bucketsByCount = new int[RowCounts.MOST + 1];
    for (byte count : counts) {
      bucketsByCount[count & 0xFF]++;
    }
    int least = RowCounts.MOST + 1;
    long chosen = 0;
    while (least > minCount && chosen + bucketsByCount[least - 1] <= most) {
      chosen += bucketsByCount[--least];
    }
    int left = least > minCount ? (int) (most - chosen) : 0; // of the buckets with one row fewer
    int[] kept = new int[(int) chosen + left];
    int size = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      int count = counts[bucket] & 0xFF;
      boolean tie = count == least - 1 && left > 0;
      if (count >= least || tie) {
        kept[size++] = bucket;
        left -= tie ? 1 : 0;
      }
    }
    return new KeptNgrams(Arrays.copyOf(kept, size), counts.length);
  }

  /** Returns how many there are. */
  public int size() {
    return kept.length;
  }

  /** Returns their buckets, ascending. Not a copy; not to be modified. */
  public int[] buckets() {
    return kept;
  }

  /** Returns the place of a bucket among those that are kept, -1 when it is not. */
  public int place(int bucket) {
    long word = bits[bucket >>> 6];
    long bit = 1L << bucket;
    return (word & bit) == 0 ? -1 : before[bucket >>> 6] + Long.bitCount(word & bit - 1);
  }
}

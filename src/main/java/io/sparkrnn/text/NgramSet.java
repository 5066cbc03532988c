package io.sparkrnn.text;

import java.util.Arrays;

/**
 * The n-grams of one text as the buckets they fall into, each once: whether an n-gram is there
 * counts, not how often. Used for one text, by one thread.
 */
final class NgramSet {
  private static final int[] NONE = {};
  private static final int DIGITS = 256;

  /** N-grams that are sorted by comparing. */
  private static final int FEW = 64;

  private final Ngrams ngrams;

  /** Hash of the last n words at n - 1, as many as there are. */
  private final long[] last;

  private int words;
  private int[] buckets;
  private int size;

  /**
   * Creates an empty set.
   *
   * @param words about how many words will come
   */
  NgramSet(Ngrams ngrams, int words) {
    this.ngrams = ngrams;
    last = new long[ngrams.longest()];
    buckets = ngrams.any() ? new int[ngrams.longest() * Math.max(4, words)] : NONE;
  }

  /** Adds the n-grams that end with the next word of the text, whose hash this is. */
  void add(long word) {
    int longest = Math.min(++words, last.length);
    if (size + longest > buckets.length) {
      buckets = Arrays.copyOf(buckets, 2 * buckets.length);
    }
    for (int n = longest; n > 1; n--) {
      last[n - 1] = NgramHash.gram(last[n - 2], word);
      buckets[size++] = ngrams.bucket(last[n - 1]);
    }
    if (longest > 0) {
      last[0] = NgramHash.gram(word);
      buckets[size++] = ngrams.bucket(last[0]);
    }
  }

  /** Returns the buckets in ascending order. */
  int[] sorted() {
    sort();
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      if (distinct == 0 || buckets[i] != buckets[distinct - 1]) {
        buckets[distinct++] = buckets[i];
      }
    }
    size = distinct;
    return Arrays.copyOf(buckets, distinct);
  }

  /** Sorts by digits of eight bits, the lowest first: several times as fast as by comparing. */
  private void sort() {
    if (size < FEW) {
      Arrays.sort(buckets, 0, size);
      return;
    }
    int[] other = new int[size];
    for (int shift = 0; shift < Integer.SIZE && ngrams.buckets() - 1 >>> shift > 0; shift += 8) {
      int[] starts = new int[DIGITS + 1];
      for (int i = 0; i < size; i++) {
        starts[(buckets[i] >>> shift & DIGITS - 1) + 1]++;
      }
      for (int digit = 1; digit < DIGITS; digit++) {
        starts[digit] += starts[digit - 1];
      }
      for (int i = 0; i < size; i++) {
        other[starts[buckets[i] >>> shift & DIGITS - 1]++] = buckets[i];
      }
      int[] sorted = other;
      other = buckets;
      buckets = sorted;
    }
  }
}

package io.sparkrnn.text;

import java.io.Serializable;

/**
 * Which n-grams of a text are features, and how many buckets they are hashed into:
 *
 * <pre>
 *   word(w)         = FNV-1a, 64 bits, of the word's UTF-8
 *   gram(w)         = mix(word(w))
 *   gram(v ... w)   = mix(31 gram(v ...) + word(w))      mix: the 64-bit finalizer of MurmurHash3
 *   bucket          = gram modulo buckets, unsigned
 * </pre>
 *
 * <p>So a bucket is the same on every machine, and a program in another language finds it too.
 *
 * @param longest words of the longest n-grams, 0 for no n-grams at all
 * @param buckets number of buckets
 * @see <a href="https://doi.org/10.1145/1553374.1553516">Weinberger and others, 2009</a>
 */
public record Ngrams(int longest, int buckets) implements Serializable {
  /** The longest n-grams that there can be; more words hardly ever come twice. */
  public static final int LONGEST = 8;

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public Ngrams {
    if (longest < 0 || longest > LONGEST) {
      throw new IllegalArgumentException(
          "n-grams must be of 1 to %d words, got %d".formatted(LONGEST, longest));
    }
    if (buckets < 1) {
      throw new IllegalArgumentException("n-grams must have >= 1 buckets, got " + buckets);
    }
  }

  /** Returns what finds no n-grams. */
  public static Ngrams none() {
    return new Ngrams(0, 1);
  }

  /** Returns whether there are any. */
  public boolean any() {
    return longest > 0;
  }

  /** Returns the bucket of a hash; a division would take longer than all else of an n-gram. */
  int bucket(long hash) {
    boolean isPowerOfTwo = (buckets & buckets - 1) == 0;
    return isPowerOfTwo ? (int) hash & buckets - 1 : remainder(hash);
  }

  private int remainder(long hash) {
    return (int) Long.remainderUnsigned(hash, buckets);
  }
}

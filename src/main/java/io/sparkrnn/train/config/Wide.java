package io.sparkrnn.train.config;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.text.Ngrams;

/**
 * The wide branch: a linear model of the n-grams of a text beside the network.
 *
 * @param wide whether there is one
 * @param wideNgrams words of the longest n-grams
 * @param wideFeatures most n-grams that have a weight: those of the most rows
 * @param wideMinCount rows an n-gram must be in to have a weight
 * @param wideRegularization factor of the penalty on half the squares of the coefficients, beside
 *     the sum of the losses; scikit-learn: {@code 1 / C}
 */
public record Wide(
    boolean wide, int wideNgrams, int wideFeatures, int wideMinCount, double wideRegularization)
    implements OptionGroup {
  /**
   * What n-grams are hashed into. Twenty thousand reviews have 5 million of them: fewer buckets
   * cost accuracy (2^20 of them half a point there), more bring nothing.
   */
  private static final int BUCKETS = 1 << 24;

  /** Numbers of a vector of parameters, in double. */
  private static final long MOST_NUMBERS = 1L << 26;

  /** Rows of an n-gram are counted up to here. */
  private static final int MOST_COUNT = 255;

  public Wide {
    Require.atLeast(1, "wideNgrams", wideNgrams);
    Require.atLeast(1, "wideFeatures", wideFeatures);
    Require.atLeast(1, "wideMinCount", wideMinCount);
    if (wideMinCount > MOST_COUNT) {
      throw new IllegalArgumentException(
          "wideMinCount must be <= %d, got %d".formatted(MOST_COUNT, wideMinCount));
    }
    if (wideNgrams > Ngrams.LONGEST) {
      throw new IllegalArgumentException(
          "wideNgrams must be <= %d, got %d".formatted(Ngrams.LONGEST, wideNgrams));
    }
    if (wideFeatures > BUCKETS) {
      throw new IllegalArgumentException(
          "wideFeatures must be <= %d, got %d".formatted(BUCKETS, wideFeatures));
    }
    if (!(wideRegularization > 0 && wideRegularization < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "wideRegularization must be > 0 and finite, got " + wideRegularization);
    }
  }

  /** No wide branch; up to three words, a million of them, each in two rows, if there were one. */
  public static Wide defaults() {
    return new Wide(false, 3, 1 << 20, 2, 1);
  }

  /**
   * Checks that the numbers of its parameters fit into half a gigabyte.
   *
   * @throws IllegalArgumentException if they do not
   */
  public void check(int classes) {
    if ((long) (wideFeatures + 1) * classes > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "wideFeatures must be <= %d for %d classes, got %d"
              .formatted(MOST_NUMBERS / classes - 1, classes, wideFeatures));
    }
  }

  /** Returns the n-grams it reads, none without a wide branch. */
  public Ngrams ngrams() {
    return wide ? new Ngrams(wideNgrams, BUCKETS) : Ngrams.none();
  }
}

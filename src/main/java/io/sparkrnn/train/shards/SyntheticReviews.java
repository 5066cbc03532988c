package io.sparkrnn.train.shards;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Token ids with the length and frequency distribution of the IMDB Large Movie Review Dataset
 * (vocabulary 10,000, at most 500 tokens), for measuring speed without a corpus.
 *
 * <p>Lengths are drawn from the quantiles of the 25,000 labelled reviews (Maas et al., 2011), ids
 * from a Zipf-Mandelbrot law fitted to their counts; labels are coin flips. Nothing can be learnt
 * from them.
 */
public final class SyntheticReviews {
  /** Review lengths at the quantiles 0, 0.05, ..., 1, cut at 500. */
  private static final int[] LENGTHS = {
    10, 64, 90, 110, 120, 127, 134, 143, 152, 162, 174, 189, 206, 227, 252, 283, 324, 376, 458, 500,
    500
  };

  /** Share of tokens outside the vocabulary. */
  private static final double UNKNOWN = 0.0575;

  private static final double EXPONENT = 1.1;
  private static final double SHIFT = 2.7;

  private SyntheticReviews() {}

  /**
   * Draws reviews.
   *
   * @param rows how many
   * @param vocabularySize number of ids; 0 and 1 are padding and unknown
   * @param seed the same seed gives the same reviews
   */
  public static PackedShard shard(int rows, int vocabularySize, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] cumulative = cumulative(vocabularySize);
    PackedShardBuilder builder = new PackedShardBuilder();
    for (int r = 0; r < rows; r++) {
      int[] ids = new int[length(random.nextDouble())];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = id(random, cumulative);
      }
      builder.add(ids, random.nextInt() < 0 ? 1f : 0f, 1f);
    }
    return builder.build();
  }

  private static int length(double quantile) {
    double place = quantile * (LENGTHS.length - 1);
    int at = Math.min((int) place, LENGTHS.length - 2);
    return (int) Math.round(LENGTHS[at] + (place - at) * (LENGTHS[at + 1] - LENGTHS[at]));
  }

  private static int id(SplittableRandom random, double[] cumulative) {
    if (random.nextDouble() < UNKNOWN) {
      return 1;
    }
    int at = Arrays.binarySearch(cumulative, random.nextDouble());
    return 2 + Math.min(at < 0 ? -at - 1 : at, cumulative.length - 1);
  }

  private static double[] cumulative(int vocabularySize) {
    double[] sums = new double[Math.max(1, vocabularySize - 2)];
    double sum = 0;
    for (int rank = 0; rank < sums.length; rank++) {
      sum += StrictMath.pow(rank + 1 + SHIFT, -EXPONENT);
      sums[rank] = sum;
    }
    for (int rank = 0; rank < sums.length; rank++) {
      sums[rank] /= sum;
    }
    return sums;
  }
}

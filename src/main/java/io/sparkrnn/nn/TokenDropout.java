package io.sparkrnn.nn;

import io.sparkrnn.kernel.Scratch;
import java.util.SplittableRandom;

/**
 * Which words and which channels of the embedding each sequence of a training batch does not see.
 *
 * <p>A word is dropped at all its places in a sequence or at none; a channel is dropped at all
 * steps of a sequence. What is left is scaled by 1 / (1 - rate), for each of the two.
 *
 * <p>Scratch: owned by a tape, reused from batch to batch.
 *
 * @see <a href="https://arxiv.org/abs/1512.05287">Gal and Ghahramani, 2016</a>
 */
final class TokenDropout {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private double wordRate;
  private boolean channels;
  private float keep;
  private long[] seeds = new long[0];
  private float[] mask = new float[0];
  private int[] index = new int[0];

  /** Drops nothing from the next batch. */
  void clear() {
    wordRate = 0;
    channels = false;
    keep = 1;
  }

  /**
   * Draws for a batch: a seed for each sequence's words, then a mask for each sequence's channels.
   *
   * @param random source, which a rate of 0 does not touch. Modified.
   */
  void draw(InputSpec.Tokens spec, int batchSize, SplittableRandom random) {
    wordRate = spec.embeddingDropout();
    channels = spec.spatialDropout() > 0;
    keep = (float) (1 / (1 - wordRate));
    if (wordRate > 0) {
      seeds = seeds.length < batchSize ? new long[batchSize] : seeds;
      for (int b = 0; b < batchSize; b++) {
        seeds[b] = random.nextLong();
      }
    }
    if (channels) {
      drawChannels(spec.spatialDropout(), batchSize * spec.embeddingSize(), random);
    }
  }

  private void drawChannels(double rate, int size, SplittableRandom random) {
    mask = Scratch.grown(mask, size);
    float kept = (float) (1 / ((1 - rate) * (1 - wordRate)));
    for (int i = 0; i < size; i++) {
      mask[i] = random.nextDouble() < rate ? 0f : kept;
    }
  }

  /** Whether a sequence may miss words. */
  boolean dropsWords() {
    return wordRate > 0;
  }

  /** Whether a sequence may miss channels, so that a token's row differs by sequence. */
  boolean dropsChannels() {
    return channels;
  }

  /** Returns the factor of the words that are left, 1 without word dropout. */
  float keep() {
    return keep;
  }

  /** Returns the factors of the channels, those of the words included: B x I. */
  float[] mask() {
    return mask;
  }

  /** Whether packed row {@code b} misses the word {@code id}. */
  boolean drops(int b, int id) {
    return wordRate > 0 && isBelow(wordRate, seeds[b], id);
  }

  /**
   * Whether number {@code id} of a sequence's own stream is below the rate. The stream is that of
   * SplitMix64 (Steele, Lea and Flood, 2014), which gives any of its numbers without the ones
   * before it, so that no table of a sequence's words is needed.
   */
  static boolean isBelow(double rate, long seed, int id) {
    long z = seed + GAMMA * (id + 1);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 11) * 0x1p-53 < rate;
  }

  /** Returns the place of each step's word among the distinct ones, {@code zero} where dropped. */
  int[] index(PackedBatch batch, int zero) {
    int[] places = batch.distinct().index();
    index = Scratch.grown(index, batch.tokens());
    for (int t = 0; t < batch.steps(); t++) {
      int first = batch.offset(t);
      for (int b = 0; b < batch.live(t); b++) {
        index[first + b] = drops(b, batch.ids()[first + b]) ? zero : places[first + b];
      }
    }
    return index;
  }
}

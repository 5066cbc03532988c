package io.sparkrnn.train.config;

import io.sparkrnn.kernel.Require;

/**
 * How the rows of a shard are grouped.
 *
 * <p>A step over {@code accumulateBatches} batches of {@code batchSize} rows is, up to rounding and
 * the draws of dropout, a step over one batch of all their rows, in the memory of one of them.
 * Pools, rounds, schedules and samples count steps.
 *
 * @param batchSize examples that are computed together, per shard
 * @param accumulateBatches batches whose gradients add up to one step
 * @param poolBatches steps whose rows are sorted by length together, 0 or 1 for no sorting
 * @param wordDropout fraction of a sequence's words that a batch leaves out (Iyyer et al., 2015)
 * @param segmentLength tokens of a step's row that a language model reads and gradients go back;
 *     states are carried on from segment to segment
 */
public record Batching(
    int batchSize, int accumulateBatches, int poolBatches, double wordDropout, int segmentLength)
    implements OptionGroup {
  public Batching {
    Require.atLeast(1, "batchSize", batchSize);
    Require.atLeast(1, "accumulateBatches", accumulateBatches);
    Require.atLeast(0, "poolBatches", poolBatches);
    Require.rate("wordDropout", wordDropout);
    Require.atLeast(1, "segmentLength", segmentLength);
    if ((long) batchSize * accumulateBatches > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "batchSize times accumulateBatches must be < 2^31, got %d times %d"
              .formatted(batchSize, accumulateBatches));
    }
  }

  /** 32 rows a step, sorted in pools of 50 steps; segments of 64 tokens. */
  public static Batching defaults() {
    return new Batching(32, 1, 50, 0, 64);
  }

  /** Returns the same with other segments. */
  public Batching withSegmentLength(int segmentLength) {
    return new Batching(batchSize, accumulateBatches, poolBatches, wordDropout, segmentLength);
  }

  /** Returns the same with another batch size. */
  public Batching withBatchSize(int batchSize) {
    return new Batching(batchSize, accumulateBatches, poolBatches, wordDropout, segmentLength);
  }

  /** Returns the rows of one step. */
  public int rowsPerStep() {
    return batchSize * accumulateBatches;
  }

  /** Returns how many steps {@code rows} rows make. */
  public int steps(int rows) {
    return (int) (((long) rows + rowsPerStep() - 1) / rowsPerStep());
  }
}

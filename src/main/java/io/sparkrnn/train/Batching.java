package io.sparkrnn.train;

/**
 * How the rows of a shard are grouped.
 *
 * @param batchSize examples of one local step, per shard
 * @param poolBatches batches whose rows are sorted by length together, 0 or 1 for no sorting
 */
public record Batching(int batchSize, int poolBatches) implements OptionGroup {
  public Batching {
    Checks.atLeast(1, "batchSize", batchSize);
    Checks.atLeast(0, "poolBatches", poolBatches);
  }

  /** 32 rows, sorted in pools of 50 batches. */
  public static Batching defaults() {
    return new Batching(32, 50);
  }

  /** Returns the same with another batch size. */
  public Batching withBatchSize(int batchSize) {
    return new Batching(batchSize, poolBatches);
  }

  /** Returns how many batches {@code rows} rows make. */
  public int batches(int rows) {
    return BatchPlan.count(rows, batchSize);
  }
}

package io.sparkrnn.train.config;

import io.sparkrnn.kernel.Require;
import java.util.Objects;

/**
 * How shards train side by side and are averaged.
 *
 * @param shards logical shards the rows are assigned to; part of the result, unlike the number of
 *     executors
 * @param batchesPerRound local steps between two averagings, 0 for a whole epoch
 * @param outer what the driver does with the mean of the shards
 */
public record Rounds(int shards, int batchesPerRound, OuterUpdate outer) implements OptionGroup {
  public Rounds {
    Require.atLeast(1, "shards", shards);
    Require.atLeast(0, "batchesPerRound", batchesPerRound);
    Objects.requireNonNull(outer, "outer");
  }

  /** One shard. */
  public static Rounds defaults() {
    return new Rounds(1, 0, new OuterUpdate.Mean());
  }

  /** Returns how many rounds an epoch has when the largest shard has {@code batches} batches. */
  public int count(int batches) {
    return batchesPerRound == 0
        ? 1
        : Math.max(1, (batches + batchesPerRound - 1) / batchesPerRound);
  }

  /** Returns the first batch of round {@code round}. */
  public int firstBatch(int round) {
    return batchesPerRound == 0 ? 0 : Math.multiplyExact(round, batchesPerRound);
  }

  /** Returns the end of round {@code round}, exclusive, on a shard with {@code batches} batches. */
  public int endBatch(int round, int batches) {
    return batchesPerRound == 0 ? batches : Math.min(batches, firstBatch(round) + batchesPerRound);
  }
}

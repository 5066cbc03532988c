package io.sparkrnn.train.batches;

import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.train.Seeds;
import io.sparkrnn.train.Stream;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The batches of one epoch over one shard: a pure function of seed, epoch, shard index and the
 * shard's lengths.
 *
 * <p>Rows are shuffled; inside pools of {@code poolBatches} batches they are sorted by length, so
 * that a batch holds sequences of about the same length; then whole batches are shuffled. Every row
 * is in exactly one batch. A short batch, if the rows do not divide, stays the last.
 *
 * <p>Why pools: sorting everything would show the network all short reviews first, and a random
 * batch nearly always holds a long one, so that batching by length inside a pool saves half of the
 * steps at no cost in randomness.
 *
 * <p>The segments of a language model stay in their order, in every epoch.
 */
public final class BatchPlan {
  private final int[] rows;
  private final int[] starts;
  private final int batchSize;

  private BatchPlan(int[] rows, int[] starts, int batchSize) {
    this.rows = rows;
    this.starts = starts;
    this.batchSize = batchSize;
  }

  /** Returns the batches, each the rows of one step, of {@code epoch} over {@code shard}. */
  public static BatchPlan of(TrainingConfig config, int epoch, PackedShard shard, int shardIndex) {
    if (config.network().head() instanceof TokenHead) {
      return inOrder(shard.rows(), config.batching().rowsPerStep());
    }
    SplittableRandom random =
        new SplittableRandom(Seeds.derive(config.seed(), Stream.SHUFFLE, epoch, shardIndex));
    return of(random, shard, config.batching().rowsPerStep(), config.batching().poolBatches());
  }

  /** The rows as they are: segment after segment of a {@link TokenStream}. */
  private static BatchPlan inOrder(int rows, int batchSize) {
    int[] starts = new int[count(rows, batchSize)];
    Arrays.setAll(starts, batch -> batch * batchSize);
    return new BatchPlan(IntStream.range(0, rows).toArray(), starts, batchSize);
  }

  static BatchPlan of(SplittableRandom random, PackedShard shard, int batchSize, int poolBatches) {
    int[] rows = shuffled(shard.rows(), random);
    sortPools(rows, shard, (long) batchSize * Math.max(1, poolBatches));
    int full = rows.length / batchSize;
    int[] starts = Arrays.copyOf(shuffled(full, random), count(rows.length, batchSize));
    for (int batch = 0; batch < starts.length; batch++) {
      starts[batch] = batch < full ? starts[batch] * batchSize : full * batchSize;
    }
    return new BatchPlan(rows, starts, batchSize);
  }

  /** Returns how many batches {@code rows} rows make. */
  private static int count(int rows, int batchSize) {
    return (int) (((long) rows + batchSize - 1) / batchSize);
  }

  /** Returns the number of batches. */
  public int batches() {
    return starts.length;
  }

  /** Returns the row indices that {@link #from} and {@link #to} point into. Not to be modified. */
  public int[] rows() {
    return rows;
  }

  /** Returns where batch {@code batch} begins in {@link #rows}. */
  public int from(int batch) {
    return starts[batch];
  }

  /** Returns where batch {@code batch} ends in {@link #rows}, exclusive. */
  public int to(int batch) {
    return Math.min(rows.length, starts[batch] + batchSize);
  }

  /** Sorts by length inside each pool; equal lengths keep their shuffled order. */
  private static void sortPools(int[] rows, PackedShard shard, long poolRows) {
    long[] keys = new long[(int) Math.min(rows.length, poolRows)];
    for (int from = 0; from < rows.length; from += keys.length) {
      int size = Math.min(keys.length, rows.length - from);
      for (int i = 0; i < size; i++) {
        keys[i] = (long) shard.length(rows[from + i]) << 32 | i;
      }
      Arrays.sort(keys, 0, size);
      int[] pool = Arrays.copyOfRange(rows, from, from + size);
      for (int i = 0; i < size; i++) {
        rows[from + i] = pool[(int) keys[i]];
      }
    }
  }

  /**
   * Fisher-Yates. The bounded draw is spelled out: the JDK's may change from release to release.
   */
  static int[] shuffled(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = (int) ((random.nextInt() & 0xFFFFFFFFL) * (i + 1) >>> 32);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}

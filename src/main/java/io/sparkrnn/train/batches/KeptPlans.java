package io.sparkrnn.train.batches;

import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The plans that tasks of this JVM made last, so that the rounds of an epoch need not shuffle all
 * rows of a shard anew. A plan is a pure function: bits do not depend on whether one was kept.
 *
 * <p>Given up when memory is short; shards are not held.
 */
public final class KeptPlans {
  /** Shards that one executor trains, at most, for its plans to be kept. */
  private static final int MOST = 64;

  private SoftReference<Map<Key, Kept>> kept = new SoftReference<>(null);

  private record Key(long seed, int epoch, int shard, int rowsPerStep, int poolBatches) {}

  /** A plan, and the offsets of the shard it is of, by which that shard is known. */
  private record Kept(WeakReference<int[]> offsets, BatchPlan plan) {
    boolean isOf(PackedShard shard) {
      return offsets.get() == shard.offsets();
    }
  }

  /** Returns {@link BatchPlan#of}. */
  public BatchPlan of(TrainingConfig config, int epoch, PackedShard shard, int shardIndex) {
    Key key =
        new Key(
            config.seed(),
            epoch,
            shardIndex,
            config.batching().rowsPerStep(),
            config.batching().poolBatches());
    Kept known = get(key);
    if (known != null && known.isOf(shard)) {
      return known.plan();
    }
    BatchPlan plan = BatchPlan.of(config, epoch, shard, shardIndex);
    put(key, new Kept(new WeakReference<>(shard.offsets()), plan));
    return plan;
  }

  private synchronized Kept get(Key key) {
    Map<Key, Kept> plans = kept.get();
    return plans == null ? null : plans.get(key);
  }

  private synchronized void put(Key key, Kept plan) {
    Map<Key, Kept> plans = kept.get();
    if (plans == null) {
      plans = new LinkedHashMap<>();
      kept = new SoftReference<>(plans);
    }
    plans.remove(key);
    plans.put(key, plan);
    if (plans.size() > MOST) {
      plans.remove(plans.keySet().iterator().next());
    }
  }
}

package io.sparkrnn.train.preflight;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.train.config.RoundPolicy;
import io.sparkrnn.train.config.TrainingConfig;
import java.util.List;

/** Small trainings for tests: 500 parameters, RMSprop, so that a state has 4,000 bytes. */
public final class Preflights {
  private static final long MEGABYTE = 1 << 20;

  private Preflights() {}

  static TrainingConfig config(int shards) {
    TrainingConfig config =
        TrainingConfig.of(NetworkSpec.binary(CellType.LSTM, 100, 4, 3), Loss.BINARY_CROSSENTROPY);
    return config.with(new RoundPolicy(shards, 0, 1, config.optimization().optimizer()).rounds());
  }

  static ShardedData data(ShardSize... shards) {
    return new ShardedData(List.of(shards), List.of(90L, 60L), 70, new Truncation(5, 40));
  }

  static ShardSize shard(long rows, long steps) {
    return new ShardSize(rows, steps, 20, rows / 10, steps / 10);
  }

  static Cluster cluster(int executors, int tasks, int results, long driverHeap, long maxResult) {
    return new Cluster(executors, tasks, false, driverHeap, 512 * MEGABYTE, results, maxResult);
  }

  static Cluster local(int tasks, long heap) {
    return new Cluster(1, tasks, true, heap, heap, 0, 0);
  }

  /** Two shards on a cluster, with a time. */
  public static Preflight example() {
    return Preflight.of(
            config(2), data(shard(100, 1000), shard(50, 400)), cluster(2, 4, 2, 1024 * MEGABYTE, 0))
        .with(new TimeEstimate(12.3, 1.5, 0.25, 4, 41.5));
  }
}

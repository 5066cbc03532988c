package io.sparkrnn.train.preflight;

import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.targets.TargetKind;
import io.sparkrnn.train.config.Execution;
import io.sparkrnn.train.config.TrainingConfig;
import java.util.Comparator;

/**
 * The heap of an executor that trains, in bytes.
 *
 * <p>P parameters, a state of S bytes, C tasks at a time of T threads each:
 *
 * <pre>
 *   shards   its part of the packed rows: the largest of them, as many as each executor gets
 *   state    S                              what the round starts from, broadcast
 *   tasks    C (S + 4 P + 4 P T)            parameters and moments of its own, gradients; without
 *                                           the last term when a batch is one chunk
 *   tapes    C T (a tape for the longest rows), at most --max-tape-megabytes a task, or what it
 *            takes when steps are computed twice
 * </pre>
 *
 * @param shards packed rows; Spark keeps on disk what does not fit
 * @param state the state of a round
 * @param tasks parameters, moments and gradients of the tasks
 * @param tapes what forward passes leave for backward passes
 */
public record ExecutorMemory(long shards, long state, long tasks, long tapes) {

  static ExecutorMemory of(
      TrainingConfig config, ShardedData data, Cluster cluster, Traffic traffic) {
    int tasks = cluster.tasksPerExecutor(data.shards().size());
    return new ExecutorMemory(
        shards(config, data, cluster),
        traffic.state(),
        tasks * task(config, traffic),
        tasks * tapes(config, data));
  }

  private static long shards(TrainingConfig config, ShardedData data, Cluster cluster) {
    InputSpec input = config.network().input();
    int perStep = config.network().head().targets() == TargetKind.SEQUENCE ? 0 : 1;
    int floats = perStep + (input instanceof InputSpec.Vectors vectors ? vectors.size() : 1);
    int each = (data.shards().size() + cluster.executors() - 1) / cluster.executors();
    return data.shards().stream()
        .map(
            shard ->
                config.network().head() instanceof ForecastHead
                    ? shard.bytesOfWindows((long) Float.BYTES * floats)
                    : shard.bytes((long) Float.BYTES * floats))
        .sorted(Comparator.reverseOrder())
        .limit(each)
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Returns what a task allocates before its first batch: parameters, moments, gradients. */
  static long task(TrainingConfig config, Traffic traffic) {
    int batch = config.batching().batchSize();
    Execution execution = config.execution();
    int gradients = 1 + (execution.chunks(batch) > 1 ? execution.threads(batch) : 0);
    return traffic.state() + gradients * Float.BYTES * traffic.parameters();
  }

  private static long tapes(TrainingConfig config, ShardedData data) {
    int batch = config.batching().batchSize();
    int threads = config.execution().threads(batch);
    long whole = tape(config, data, false);
    long limit = config.execution().tapeBytes(batch);
    return threads * (whole > limit ? tape(config, data, true) : whole);
  }

  /** Returns the tape for a chunk of the longest rows. */
  private static long tape(TrainingConfig config, ShardedData data, boolean recompute) {
    int batch = config.batching().batchSize();
    int rows = Math.min(batch, config.execution().chunkRows());
    int block = Math.min(rows, Network.BLOCK_ROWS);
    int tokens = (int) Math.min(Integer.MAX_VALUE, (long) rows * data.longest());
    int words = config.network().input() instanceof InputSpec.Tokens ids ? ids.vocabularySize() : 0;
    int blockTokens = (int) Math.min(tokens, (long) block * data.longest());
    return new Network(config.network())
        .trainingBytes(tokens, Math.min(words, tokens), blockTokens, block, recompute);
  }

  /** Returns what it is together. */
  public long total() {
    return shards + state + tasks + tapes;
  }
}

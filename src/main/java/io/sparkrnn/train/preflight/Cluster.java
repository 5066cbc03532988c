package io.sparkrnn.train.preflight;

import io.sparkrnn.kernel.Require;

/**
 * Where a training runs.
 *
 * @param executors processes that run tasks, at least 1
 * @param tasks tasks that run at a time on all of them, at least 1
 * @param isLocal whether driver and tasks share one process
 * @param driverHeap bytes of the driver's heap
 * @param executorHeap bytes of an executor's heap; the driver's when it is local
 * @param results results that reach the driver in a round: one for each shard, or fewer when
 *     executors average; 0 when they are handed over in one process
 * @param maxResultSize bytes that the results of a round may have together, 0 for no limit
 */
public record Cluster(
    int executors,
    int tasks,
    boolean isLocal,
    long driverHeap,
    long executorHeap,
    int results,
    long maxResultSize) {
  public Cluster {
    Require.atLeast(1, "executors", executors);
    Require.atLeast(1, "tasks", tasks);
    Require.atLeast(0, "results", results);
  }

  /** Returns how many tasks an executor runs at a time, of so many shards. */
  int tasksPerExecutor(int shards) {
    return Math.max(1, (Math.min(tasks, shards) + executors - 1) / executors);
  }
}

package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.EXECUTION;

import org.apache.spark.ml.param.IntParam;

// spotless:off
/**
 * Execution: how a task computes its batches.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface ExecutionParams<S extends ExecutionParams<S>> extends FluentParams<S> {
  /**
   * Most rows of a batch computed at once, the gradients of such chunks summed in order; part of
   * the result, unlike threadsPerTask; auto for a quarter of a batch, 16 at least.
   */
  default IntParam chunkRows() { return EXECUTION.param(this, "chunkRows"); }
  /** Returns {@link #chunkRows}. */
  default int getChunkRows() { return (int) getOrDefault(chunkRows()); }
  /** Sets {@link #chunkRows}. */
  default S setChunkRows(int value) { return with(chunkRows(), value); }

  /**
   * Threads that work on the chunks of a batch, at most as many as chunks; auto for the cores that
   * a task can have: those of the machine or the executors, by shards, and spark.task.cpus if set.
   */
  default IntParam threadsPerTask() { return EXECUTION.param(this, "threadsPerTask"); }
  /** Returns {@link #threadsPerTask}. */
  default int getThreadsPerTask() { return (int) getOrDefault(threadsPerTask()); }
  /** Sets {@link #threadsPerTask}. */
  default S setThreadsPerTask(int value) { return with(threadsPerTask(), value); }

  /**
   * Memory of a task's tapes, in MB, above which a batch keeps only some states and computes the
   * rest a second time, with the same result; 0 for no limit.
   */
  default IntParam maxTapeMegabytes() { return EXECUTION.param(this, "maxTapeMegabytes"); }
  /** Returns {@link #maxTapeMegabytes}. */
  default int getMaxTapeMegabytes() { return (int) getOrDefault(maxTapeMegabytes()); }
  /** Sets {@link #maxTapeMegabytes}. */
  default S setMaxTapeMegabytes(int value) { return with(maxTapeMegabytes(), value); }
}
// spotless:on

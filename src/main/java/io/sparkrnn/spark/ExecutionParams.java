package io.sparkrnn.spark;

import org.apache.spark.ml.param.IntParam;

/**
 * Parameters of how a task computes its batches.
 *
 * @param <S> the class that has the parameters
 */
public interface ExecutionParams<S extends ExecutionParams<S>> extends FluentParams<S> {
  /**
   * Most rows of a batch computed at once, the gradients of such chunks summed in order; part of
   * the result, unlike threadsPerTask.
   */
  default IntParam chunkRows() {
    return new IntParam(
        this,
        "chunkRows",
        "most rows of a batch computed at once, the gradients of such chunks summed in order; part of the result, unlike threadsPerTask",
        ParamRules.atLeast("chunkRows", 1));
  }

  /** Returns {@link #chunkRows}. */
  default int getChunkRows() {
    return (int) getOrDefault(chunkRows());
  }

  /** Sets {@link #chunkRows}. */
  default S setChunkRows(int value) {
    return with(chunkRows(), value);
  }

  /**
   * Threads that work on the chunks of a batch, at most as many as chunks; set spark.task.cpus to
   * the same number.
   */
  default IntParam threadsPerTask() {
    return new IntParam(
        this,
        "threadsPerTask",
        "threads that work on the chunks of a batch, at most as many as chunks; set spark.task.cpus to the same number",
        ParamRules.atLeast("threadsPerTask", 1));
  }

  /** Returns {@link #threadsPerTask}. */
  default int getThreadsPerTask() {
    return (int) getOrDefault(threadsPerTask());
  }

  /** Sets {@link #threadsPerTask}. */
  default S setThreadsPerTask(int value) {
    return with(threadsPerTask(), value);
  }

  /**
   * Memory of a task's tapes, in MB, above which a batch keeps only some states and computes the
   * rest a second time, with the same result; 0 for no limit.
   */
  default IntParam maxTapeMegabytes() {
    return new IntParam(
        this,
        "maxTapeMegabytes",
        "memory of a task's tapes, in MB, above which a batch keeps only some states and computes the rest a second time, with the same result; 0 for no limit",
        ParamRules.atLeast("maxTapeMegabytes", 0));
  }

  /** Returns {@link #maxTapeMegabytes}. */
  default int getMaxTapeMegabytes() {
    return (int) getOrDefault(maxTapeMegabytes());
  }

  /** Sets {@link #maxTapeMegabytes}. */
  default S setMaxTapeMegabytes(int value) {
    return with(maxTapeMegabytes(), value);
  }
}

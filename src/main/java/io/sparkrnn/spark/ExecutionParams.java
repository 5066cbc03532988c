package io.sparkrnn.spark;

import org.apache.spark.ml.param.IntParam;

/**
 * Parameters of how a task computes its batches.
 *
 * @param <S> the class that has the parameters
 */
public interface ExecutionParams<S extends ExecutionParams<S>> extends FluentParams<S> {
  /**
   * Chunks that a batch's rows are dealt to, their gradients summed in order; part of the result,
   * unlike threadsPerTask.
   */
  default IntParam gradientChunks() {
    return new IntParam(
        this,
        "gradientChunks",
        "chunks that a batch's rows are dealt to, their gradients summed in order; part of the result, unlike threadsPerTask",
        ParamRules.atLeast("gradientChunks", 1));
  }

  /** Returns {@link #gradientChunks}. */
  default int getGradientChunks() {
    return (int) getOrDefault(gradientChunks());
  }

  /** Sets {@link #gradientChunks}. */
  default S setGradientChunks(int value) {
    return with(gradientChunks(), value);
  }

  /**
   * Threads that work on the chunks of a task, at most gradientChunks; set spark.task.cpus to the
   * same number.
   */
  default IntParam threadsPerTask() {
    return new IntParam(
        this,
        "threadsPerTask",
        "threads that work on the chunks of a task, at most gradientChunks; set spark.task.cpus to the same number",
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
}

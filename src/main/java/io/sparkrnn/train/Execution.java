package io.sparkrnn.train;

/**
 * How a task computes its batches.
 *
 * @param gradientChunks parts that a batch's rows are dealt to, their gradients summed in order;
 *     part of the result, unlike the threads
 * @param threadsPerTask threads that work on the chunks of a task
 */
public record Execution(int gradientChunks, int threadsPerTask) implements OptionGroup {
  public Execution {
    Checks.atLeast(1, "gradientChunks", gradientChunks);
    Checks.atLeast(1, "threadsPerTask", threadsPerTask);
  }

  /** A whole batch at once, on the task's own thread. */
  public static Execution defaults() {
    return new Execution(1, 1);
  }

  /** Returns how many threads can have something to do. */
  int threads() {
    return Math.min(gradientChunks, threadsPerTask);
  }
}

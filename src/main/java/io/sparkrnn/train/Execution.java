package io.sparkrnn.train;

/**
 * How a task computes its batches.
 *
 * <p>A batch of more than {@code chunkRows} rows is computed in chunks, whose gradients are summed
 * in order: what a chunk leaves for the backward pass stays in the cache, and several threads can
 * work on a batch.
 *
 * @param chunkRows most rows of a chunk; part of the result, unlike the threads
 * @param threadsPerTask threads that work on the chunks of a task
 */
public record Execution(int chunkRows, int threadsPerTask) implements OptionGroup {
  public Execution {
    Checks.atLeast(1, "chunkRows", chunkRows);
    Checks.atLeast(1, "threadsPerTask", threadsPerTask);
  }

  /** Chunks of 32 rows, the fastest for 32 units, on the task's own thread. */
  public static Execution defaults() {
    return new Execution(32, 1);
  }

  /** Returns how many chunks a batch of {@code rows} rows has. */
  int chunks(int rows) {
    return Math.max(1, (rows + chunkRows - 1) / chunkRows);
  }

  /** Returns how many threads can have something to do on batches of {@code rows} rows. */
  int threads(int rows) {
    return Math.min(chunks(rows), threadsPerTask);
  }
}

package io.sparkrnn.train.config;

import io.sparkrnn.kernel.Require;

/**
 * How a task computes its batches.
 *
 * <p>A batch of more than {@code chunkRows} rows is computed in chunks, whose gradients are summed
 * in order: what a chunk leaves for the backward pass stays in the cache, and several threads can
 * work on a batch.
 *
 * @param chunkRows most rows of a chunk; part of the result, unlike the threads
 * @param threadsPerTask threads that work on the chunks of a task
 * @param maxTapeMegabytes memory of a task's tapes above which a batch keeps only some states and
 *     computes the rest a second time, with the same result; 0 for no such limit
 */
public record Execution(
    int chunkRows, @FreeOnResume int threadsPerTask, @FreeOnResume int maxTapeMegabytes)
    implements OptionGroup {
  public Execution {
    Require.atLeast(1, "chunkRows", chunkRows);
    Require.atLeast(1, "threadsPerTask", threadsPerTask);
    Require.atLeast(0, "maxTapeMegabytes", maxTapeMegabytes);
  }

  /**
   * Chunks for the default batch, on the task's own thread; tapes of 512 MB, which only sequences
   * of thousands of steps or hundreds of units pass.
   */
  public static Execution defaults() {
    return new Execution(chunkRows(Batching.defaults().batchSize()), 1, 512);
  }

  /**
   * Returns the chunk for batches of {@code rows} rows: a quarter, so that four threads have
   * something to do, but 16 rows at least, which cost one thread little or nothing (measured in
   * decisions-training.md).
   */
  public static int chunkRows(int rows) {
    return Math.max(16, (rows + 3) / 4);
  }

  /** Returns the same with other chunks. */
  public Execution withChunkRows(int chunkRows) {
    return new Execution(chunkRows, threadsPerTask, maxTapeMegabytes);
  }

  /** Returns the same with as many threads as there are, and no more than have something to do. */
  public Execution withThreads(int available, int batchSize) {
    return new Execution(
        chunkRows, Math.max(1, Math.min(available, chunks(batchSize))), maxTapeMegabytes);
  }

  /** Returns how many chunks a batch of {@code rows} rows has. */
  public int chunks(int rows) {
    return Math.max(1, (rows + chunkRows - 1) / chunkRows);
  }

  /** Returns how many threads can have something to do on batches of {@code rows} rows. */
  public int threads(int rows) {
    return Math.min(chunks(rows), threadsPerTask);
  }

  /** Returns the bytes that the tape of one thread may take, for batches of {@code rows} rows. */
  public long tapeBytes(int rows) {
    return maxTapeMegabytes == 0
        ? Long.MAX_VALUE
        : Math.max(1, ((long) maxTapeMegabytes << 20) / threads(rows));
  }
}

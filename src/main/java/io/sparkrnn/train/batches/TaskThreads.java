package io.sparkrnn.train.batches;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * The threads of one task: its own, and others that end when it is closed.
 *
 * <p>Used by the task's own thread alone.
 */
final class TaskThreads implements AutoCloseable {
  private final int count;
  private final ExecutorService others;

  /**
   * Creates the threads.
   *
   * @param count number of threads, the caller's own included
   */
  TaskThreads(int count) {
    this.count = count;
    others = count == 1 ? null : Executors.newFixedThreadPool(count - 1, TaskThreads::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "spark-rnn-gradient");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns the number of threads. */
  int count() {
    return count;
  }

  /**
   * Runs {@code work} once on every thread, with the numbers from 0 on; 0 is the caller's own.
   * Returns when all have ended; what the first of them threw is thrown.
   */
  void run(IntConsumer work) {
    List<Future<?>> pending = new ArrayList<>(count);
    for (int number = 1; number < count; number++) {
      int own = number;
      pending.add(others.submit(() -> work.accept(own)));
    }
    Throwable failure = null;
    try {
      work.accept(0);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    for (Future<?> future : pending) {
      Throwable other = outcome(future);
      failure = failure == null ? other : failure;
    }
    if (failure instanceof Error error) {
      throw error;
    } else if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /** Waits; returns what was thrown, or null. */
  private static Throwable outcome(Future<?> future) {
    try {
      future.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IllegalStateException("the task was interrupted while its threads worked", e);
    }
  }

  @Override
  public void close() {
    if (others != null) {
      others.shutdownNow();
    }
  }
}

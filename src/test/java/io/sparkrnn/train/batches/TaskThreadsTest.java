package io.sparkrnn.train.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TaskThreadsTest {

  @Test
  void everyNumberRunsOnceAndZeroOnTheCallersThread() {
    try (TaskThreads threads = new TaskThreads(3)) {
      Set<Integer> seen = ConcurrentHashMap.newKeySet();
      AtomicInteger runs = new AtomicInteger();
      Thread[] first = new Thread[1];
      threads.run(
          number -> {
            seen.add(number);
            runs.incrementAndGet();
            if (number == 0) {
              first[0] = Thread.currentThread();
            }
          });
      assertEquals(Set.of(0, 1, 2), seen);
      assertEquals(3, runs.get());
      assertSame(Thread.currentThread(), first[0]);
    }
  }

  @Test
  void whatAThreadThrowsIsThrownWhenAllHaveEnded() {
    try (TaskThreads threads = new TaskThreads(3)) {
      AtomicInteger ended = new AtomicInteger();
      IllegalArgumentException failure = new IllegalArgumentException("token id 12");
      RuntimeException thrown =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  threads.run(
                      number -> {
                        ended.incrementAndGet();
                        if (number == 1) {
                          throw failure;
                        }
                      }));
      assertSame(failure, thrown);
      assertEquals(3, ended.get());
      assertThrows(
          StackOverflowError.class,
          () ->
              threads.run(
                  number -> {
                    if (number == 2) {
                      throw new StackOverflowError();
                    }
                  }));
    }
  }

  @Test
  void closedThreadsTakeNoWork() {
    TaskThreads threads = new TaskThreads(2);
    threads.close();
    assertThrows(RejectedExecutionException.class, () -> threads.run(number -> {}));
  }
}

package io.sparkrnn.train.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExecutionTest {
  @Test
  void noThreadIsWithoutAChunk() {
    Execution execution = new Execution(16, 1, 512);
    assertEquals(2, execution.withThreads(8, 32).threadsPerTask());
    assertEquals(1, execution.withThreads(8, 16).threadsPerTask());
    assertEquals(3, execution.withThreads(3, 128).threadsPerTask());
    assertEquals(1, execution.withThreads(0, 128).threadsPerTask());
  }
}

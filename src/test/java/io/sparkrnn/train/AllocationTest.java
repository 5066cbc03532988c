package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A training step uses the memory it has: what a batch allocates does not depend on its tokens. */
class AllocationTest {
  /** Some small objects per batch; one float for each of its 1,400 tokens would be 5,600. */
  private static final long MOST_BYTES = 2_048;

  private static final String[] CELLS = {"simple_rnn", "lstm", "gru", "gru_reset_before"};

  /** Runs again while a line is above the limit: some compilations of vector code box vectors. */
  private static void assertAllocatesNothing(int attempts, ChildJvm jvm, String... cells) {
    List<String> lines = jvm.run(AllocationRun.class, cells).lines().toList();
    assertEquals(12 * cells.length, lines.size());
    List<String> above = lines.stream().filter(line -> bytes(line) > MOST_BYTES).toList();
    if (!above.isEmpty() && attempts > 1) {
      assertAllocatesNothing(attempts - 1, jvm, cells);
    } else {
      assertEquals(List.of(), above);
    }
  }

  private static long bytes(String line) {
    return Long.parseLong(line.split(" ")[2]);
  }

  @Test
  void portableKernelsAllocateNothingPerToken() {
    assertAllocatesNothing(1, ChildJvm.plain(), CELLS);
  }

  @Test
  void vectorKernelsAllocateNothingPerTokenOnceCompiled() {
    // one start in five compiles a loop of the GRU so that it boxes its vectors
    assertAllocatesNothing(4, ChildJvm.plain().withVectors(), CELLS);
  }
}

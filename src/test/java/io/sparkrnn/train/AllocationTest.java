package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A training step uses the memory it has: what a batch allocates does not depend on its tokens. */
class AllocationTest {
  /** Some small objects per batch; one float for each of its 1,400 tokens would be 5,600. */
  private static final long MOST_BYTES = 2_048;

  private static void assertAllocatesNothing(ChildJvm jvm, String... cells) {
    List<String> lines = jvm.run(AllocationRun.class, cells).lines().toList();
    assertEquals(12 * cells.length, lines.size());
    for (String line : lines) {
      assertTrue(Long.parseLong(line.split(" ")[2]) <= MOST_BYTES, line);
    }
  }

  @Test
  void portableKernelsAllocateNothingPerToken() {
    assertAllocatesNothing(ChildJvm.plain(), "simple_rnn", "lstm", "gru");
  }

  /** Without the GRU: the compiler still boxes vectors in some compilations of its way back. */
  @Test
  void vectorKernelsAllocateNothingPerTokenOnceCompiled() {
    assertAllocatesNothing(ChildJvm.plain().withVectors(), "simple_rnn", "lstm");
  }
}

package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.ChildJvm;
import org.junit.jupiter.api.Test;

/** Long sequences train in a heap that does not hold their tape, and to the same bits. */
class LongSequencesTest {
  private static final ChildJvm SMALL = ChildJvm.plain().withVectors("-Xmx64m");

  @Test
  void aTapeWithALimitFitsAHeapThatTheWholeTapeDoesNot() {
    assertEquals(LongSequences.hash(0), SMALL.run(LongSequences.class, "24"));
    assertThrows(AssertionError.class, () -> SMALL.run(LongSequences.class, "0"));
  }
}

package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.ChildJvm;
import io.sparkrnn.kernel.Kernels;
import org.junit.jupiter.api.Test;

/** Whole training steps have the same bits whichever kernels and however many lanes run them. */
class KernelsAgreeTest {
  private static final String EXPECTED = TrainingRun.fingerprints();

  @Test
  void vectorsRunInThisJvm() {
    assertTrue(Kernels.best().name().startsWith("vector"), Kernels.best().name());
  }

  @Test
  void aJvmWithoutTheVectorModuleTrainsTheSameBits() {
    assertEquals(EXPECTED, ChildJvm.plain().run(TrainingRun.class));
  }

  @Test
  void eightLanesTrainTheSameBits() {
    assertEquals(
        EXPECTED, ChildJvm.plain().withVectors("-XX:MaxVectorSize=32").run(TrainingRun.class));
  }

  @Test
  void fourLanesTrainTheSameBits() {
    assertEquals(
        EXPECTED, ChildJvm.plain().withVectors("-XX:MaxVectorSize=16").run(TrainingRun.class));
  }

  @Test
  void interpretedCodeTrainsTheSameBits() {
    assertEquals(EXPECTED, ChildJvm.plain().with("-Xint").run(TrainingRun.class));
  }
}

package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.kernel.Kernels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole training steps have the same bits whichever kernels and however many lanes run them. */
class KernelsAgreeTest {
  private static final String EXPECTED = TrainingRun.fingerprints();
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  @Test
  void vectorsRunInThisJvm() {
    assertTrue(Kernels.best().name().startsWith("vector"), Kernels.best().name());
  }

  @Test
  void aJvmWithoutTheVectorModuleTrainsTheSameBits() throws IOException, InterruptedException {
    assertEquals(EXPECTED, run(List.of()));
  }

  @Test
  void fourLanesTrainTheSameBits() throws IOException, InterruptedException {
    assertEquals(EXPECTED, run(List.of(MODULE, "-XX:MaxVectorSize=16")));
  }

  @Test
  void interpretedCodeTrainsTheSameBits() throws IOException, InterruptedException {
    assertEquals(EXPECTED, run(List.of("-Xint")));
  }

  private static String run(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TrainingRun.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), String.join(" ", options));
    return output;
  }
}

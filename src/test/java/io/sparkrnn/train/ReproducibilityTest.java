package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkrnn.ChildJvm;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever computes them, trained parameters are the same bits. */
class ReproducibilityTest {
  /** Changes only when the default behaviour of training changes on purpose. */
  private static final String EXPECTED =
      """
      lstm 8f028b9415962eb835c55e928915491b981bafe24bff8589abcb7f25318a91f9
      gru d67a256bc22aac98a3028aef123f05f3cd75c9a39fe60202b75883c43d41034d
      simple_rnn 52063f9f839cb6c02d46d9fb61cca0d4cd797e478ada95d489601d94cd368acf
      everything_else 947fa4d8b222b541624c4caa2883388b164fc96eb3999354e104d3cb0837e73a""";

  private static final ChildJvm JVM = ChildJvm.plain();

  private static void assertReproduced(ChildJvm jvm, String kernels) {
    String[] output = jvm.run(SmallJobs.class).split("\\R", 2);
    assertTrue(output[0].startsWith(kernels), "kernels: " + output[0]);
    assertEquals(EXPECTED, output[1]);
  }

  @Test
  void thisJvmTrainsTheSameBits() {
    assertEquals(EXPECTED, SmallJobs.hashes());
  }

  @Test
  void interpretedCodeTrainsTheSameBits() {
    assertReproduced(JVM.with("-Xint"), "portable");
    assertReproduced(JVM.withVectors("-Xint"), "vector");
  }

  @Test
  void codeCompiledAtOnceTrainsTheSameBits() {
    assertReproduced(JVM.withVectors("-XX:TieredStopAtLevel=1"), "vector");
    assertReproduced(
        JVM.withVectors("-XX:-TieredCompilation", "-XX:CompileThreshold=200"), "vector");
  }

  @Test
  void portableKernelsTrainTheSameBits() {
    assertReproduced(JVM.withVectors("-Dio.sparkrnn.portableKernels=true"), "portable");
  }

  @Test
  void narrowerVectorsTrainTheSameBits() {
    assertReproduced(JVM.withVectors("-XX:MaxVectorSize=32"), "vector");
    assertReproduced(JVM.withVectors("-XX:MaxVectorSize=16"), "vector (4 lanes)");
    assertReproduced(JVM.withVectors("-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"), "vector");
  }

  @TestFactory
  Stream<DynamicTest> otherJdksTrainTheSameBits() {
    Map<String, Path> jdks = ChildJvm.otherJdks();
    if (jdks.isEmpty()) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "no other JDK",
              () -> assumeTrue(false, "no other JDK of version 17 or newer found")));
    }
    return jdks.entrySet().stream()
        .flatMap(
            jdk ->
                Stream.of(
                    DynamicTest.dynamicTest(
                        jdk.getKey() + ", vector kernels",
                        () -> assertReproduced(JVM.of(jdk.getValue()).withVectors(), "vector")),
                    DynamicTest.dynamicTest(
                        jdk.getKey() + ", portable kernels",
                        () -> assertReproduced(JVM.of(jdk.getValue()), "portable"))));
  }
}

package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelpProcessTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "train, --batch-size",
    "evaluate, --model",
    "score, --format",
    "predict, --temperature",
    "generate, --reviews",
    "bench, --metrics",
    "cluster, --workers"
  })
  void everyCommandListsItsOptions(String command, String option) throws Exception {
    Submit.Outcome outcome = new Submit(folder).run(command, "--help").succeeded();
    assertTrue(outcome.out().contains(option), outcome.toString());
  }

  @Test
  void anUnknownOptionIsOneLineAndExitCodeTwo() throws Exception {
    new Submit(folder).run("train", "--batchsize", "3").failed(2, "--batch-size");
    new Submit(folder).run("cluster", "begin").failed(2, "unknown action 'begin'");
  }

  @Test
  void aSettingThatSparkRefusesIsOneLineWithoutSparksTraces() throws Exception {
    Submit submit = new Submit(folder);
    Submit.Outcome outcome =
        submit.run("generate", "--reviews=1", "--output=x", "--conf=spark.task.cpus=many");
    outcome.failed(2, "spark.task.cpus");
    assertEquals(1, outcome.err().lines().filter(line -> line.contains("many")).count());
  }
}

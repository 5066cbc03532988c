package io.sparkrnn.cli;

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
}

package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standalone cluster of two workers, each a JVM of its own, against two threads of one JVM. */
class ClusterProcessTest {
  @TempDir private Path folder;

  private Submit submit;
  private String master;

  @BeforeEach
  void startCluster() throws Exception {
    submit = new Submit(folder);
    Submit.Outcome started =
        submit.run("cluster", "start", "--workers", 2, "--cores", 1, "--memory", "1g");
    master = started.succeeded().lastLine();
    assertTrue(master.matches("spark://127\\.0\\.0\\.1:\\d+"), started.toString());
  }

  @AfterEach
  void stopCluster() throws Exception {
    submit.run("cluster", "stop").succeeded();
    assertEquals(1, submit.run("cluster", "status").exitCode());
  }

  @Test
  void twoWorkersGiveTheBitsOfTwoThreads() throws Exception {
    submit.run("cluster", "status").succeeded();
    submit.run("generate", "--reviews", 300, "--output", "reviews", "--format", "json").succeeded();
    String here = train("local[2]", "here");
    String there = train(master, "there");
    assertEquals(here, there);
    assertEquals(score("local[2]", "here"), score(master, "there"));
  }

  private String train(String on, String model) throws Exception {
    Path metrics = folder.resolve(model + "-train.json");
    Object[] options = {
      "--master",
      on,
      "--input",
      "reviews",
      "--model",
      model,
      "--metrics",
      metrics,
      "--epochs",
      2,
      "--units",
      4,
      "--embedding-size",
      4,
      "--shards",
      2,
      "--validation-split",
      0.2
    };
    submit.run("train", options).succeeded();
    return RoundTripProcessTest.json(metrics).get("parametersSha256").asText();
  }

  private List<String> score(String on, String model) throws Exception {
    String output = model + "-scored";
    Object[] options = {
      "--master", on, "--input", "reviews", "--model", model, "--output", output, "--format", "json"
    };
    submit.run("score", options).succeeded();
    try (Stream<Path> parts = Files.list(folder.resolve(output))) {
      return parts
          .filter(file -> file.toString().endsWith(".json"))
          .flatMap(ClusterProcessTest::lines)
          .sorted()
          .toList();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

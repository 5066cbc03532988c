package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standalone cluster of two workers, each a JVM of its own, against two threads of one JVM. */
class ClusterProcessTest {
  /** Enough that the death of a worker after the first falls into the training. */
  private static final int EPOCHS = 20;

  @TempDir private Path folder;

  private Submit submit;
  private String master;

  @BeforeEach
  void startCluster() throws Exception {
    submit = new Submit(folder);
    Submit.Outcome started =
        submit.run("cluster", "start", "--workers", 2, "--cores", 2, "--memory", "1g");
    master = started.succeeded().lastLine();
    assertTrue(master.matches("spark://127\\.0\\.0\\.1:\\d+"), started.toString());
  }

  @AfterEach
  void stopCluster() throws Exception {
    submit.run("cluster", "stop").succeeded();
    assertEquals(1, submit.run("cluster", "status").exitCode());
  }

  @Test
  void twoWorkersGiveTheBitsOfTwoThreadsEvenWhenOneDies() throws Exception {
    submit.run("cluster", "status").succeeded();
    submit.run("generate", "--reviews", 300, "--output", "reviews", "--format", "json").succeeded();
    submit.run("train", training("local[2]", "here")).succeeded();
    submit.run("train", training(master, "there")).succeeded();
    assertEquals(sha256("here"), sha256("there"));
    assertEquals(1, threads("here"));
    assertEquals(2, threads("there"), "two shards on four cores");
    assertEquals(score("local[2]", "here"), score(master, "there"));
    assertEquals(evaluate("local[2]", "here"), evaluate(master, "there"));

    killWorkerDuringTraining("bereft");
    assertEquals(sha256("here"), sha256("bereft"));
  }

  private void killWorkerDuringTraining(String model) throws Exception {
    long worker = Long.parseLong(Files.readString(folder.resolve("cluster/worker-2.pid")).strip());
    try (Submit.Running training = submit.start("train", training(master, model))) {
      training.awaitError("epoch 1/");
      ProcessHandle.of(worker).orElseThrow().destroyForcibly();
      Submit.Outcome outcome = training.outcome().succeeded();
      assertFalse(outcome.err().contains("error: "), outcome.err());
      assertLossIsOneLine(outcome.err());
    }
    assertEquals(1, submit.run("cluster", "status").exitCode());
  }

  /**
   * What Spark has to say of it besides, dozens of lines, is not for the console. Before the first
   * epoch it may say that a busy machine has given it no executor yet.
   */
  private static void assertLossIsOneLine(String all) {
    String err = all.substring(all.indexOf("epoch 1/"));
    List<String> lost =
        err.lines()
            .filter(line -> line.matches("executor \\d+ lost \\(.+\\); computing its shards again"))
            .toList();
    assertEquals(1, lost.size(), err);
    assertTrue(err.lines().noneMatch(line -> line.matches("[\\d:]+ (WARN|ERROR) .*")), err);
  }

  private static Object[] training(String on, String model) {
    List<Object> options = new ArrayList<>(List.of("--master", on, "--input", "reviews"));
    options.addAll(List.of("--model", model, "--metrics", model + "-train.json"));
    options.addAll(List.of("--epochs", EPOCHS, "--units", 4, "--embedding-size", 4));
    options.addAll(List.of("--shards", 2, "--validation-split", 0.2));
    return options.toArray();
  }

  private int threads(String model) throws IOException {
    return RoundTripProcessTest.json(folder.resolve(model + "-train.json"))
        .get("threadsPerTask")
        .asInt();
  }

  private String sha256(String model) throws IOException {
    return RoundTripProcessTest.json(folder.resolve(model + "-train.json"))
        .get("parametersSha256")
        .asText();
  }

  private JsonNode evaluate(String on, String model) throws Exception {
    String metrics = model + "-evaluation.json";
    Object[] options = {
      "--master", on, "--input", "reviews", "--model", model, "--metrics", metrics
    };
    submit.run("evaluate", options).succeeded();
    JsonNode evaluation = RoundTripProcessTest.json(folder.resolve(metrics)).get("evaluation");
    assertEquals(300, evaluation.get("rows").asInt() + evaluation.get("rowsRefused").asInt());
    return evaluation;
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

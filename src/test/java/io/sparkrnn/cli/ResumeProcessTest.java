package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose process was killed goes on from its last epoch, to the same bits. */
class ResumeProcessTest {
  private static final int NEVER_REACHED = 1_000_000;

  /** Exit code of a process that ended because of SIGTERM. */
  private static final int TERMINATED = 143;

  @TempDir private Path folder;

  @Test
  void aKilledTrainingResumesToTheSameParameters() throws Exception {
    Submit submit = new Submit(folder);
    submit.run("generate", "--reviews", 300, "--output", "reviews", "--format", "json").succeeded();
    int seen = kill(submit);
    assertTrue(Files.isDirectory(folder.resolve("model.checkpoint")));
    assertFalse(Files.exists(folder.resolve("model")));

    int epochs = seen + 3;
    Submit.Outcome refused =
        submit.run("train", options("model", epochs, "--resume", "--units", 5));
    refused.failed(2, "units");

    Submit.Outcome resumed = submit.run("train", options("model", epochs, "--resume"));
    assertFalse(resumed.succeeded().err().contains("epoch 1/"), resumed.err());
    submit.run("train", options("whole", epochs)).succeeded();
    JsonNode here = RoundTripProcessTest.json(folder.resolve("model.json"));
    JsonNode there = RoundTripProcessTest.json(folder.resolve("whole.json"));
    assertEquals(epochs, here.get("epochs").size());
    assertEquals(there.get("parametersSha256"), here.get("parametersSha256"));
    assertEquals(there.get("validation"), here.get("validation"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          "[model, model.json, reviews, whole, whole.json]",
          files.map(file -> file.getFileName().toString()).sorted().toList().toString());
    }
  }

  @Test
  void aTrainingKilledWithinAnEpochResumesThere() throws Exception {
    Submit submit = new Submit(folder);
    submit.run("generate", "--reviews", 300, "--output", "reviews", "--format", "json").succeeded();
    Object[] rounds = {"--shards", 2, "--batch-size", 1, "--batches-per-round", 2};
    List<Object> saving = new ArrayList<>(List.of(rounds));
    saving.addAll(List.of("--checkpoint-rounds", 1, "--checkpoint-interval", 1000));
    int epochs;
    try (Submit.Running training =
        submit.start("train", options("model", NEVER_REACHED, saving.toArray()))) {
      training.awaitFile(folder.resolve("model.checkpoint/checkpoint-b.json"));
      training.kill();
      String err = training.outcome().err();
      epochs = 2 + (int) err.lines().filter(line -> line.startsWith("epoch ")).count();
    }
    saving.add("--resume");
    Submit.Outcome resumed = submit.run("train", options("model", epochs, saving.toArray()));
    assertTrue(resumed.succeeded().err().matches("(?s).*going on after epoch \\d+, round .*"));
    submit.run("train", options("whole", epochs, rounds)).succeeded();
    assertEquals(sha256("whole"), sha256("model"));
  }

  @Test
  void aTrainingToldToEndSavesTheRoundsOfItsEpochAndSaysHowToGoOn() throws Exception {
    Submit submit = new Submit(folder);
    submit.run("generate", "--reviews", 300, "--output", "reviews", "--format", "json").succeeded();
    Object[] rounds = {"--shards", 2, "--batch-size", 2, "--batches-per-round", 2};
    List<Object> rare = new ArrayList<>(List.of(rounds));
    rare.addAll(List.of("--checkpoint-interval", 1000));
    int epochs;
    try (Submit.Running training =
        submit.start("train", options("model", NEVER_REACHED, rare.toArray()))) {
      training.awaitError("epoch 1/");
      training.process().destroy();
      Submit.Outcome outcome = training.outcome();
      assertEquals(TERMINATED, outcome.exitCode(), outcome.toString());
      assertEquals(2, outcome.err().split("--resume goes on from it", -1).length, outcome.err());
      assertFalse(outcome.err().contains("\tat "), outcome.err());
      epochs = 2 + (int) outcome.err().lines().filter(line -> line.startsWith("epoch ")).count();
    }
    rare.add("--resume");
    Submit.Outcome resumed = submit.run("train", options("model", epochs, rare.toArray()));
    assertTrue(resumed.succeeded().err().contains("going on after epoch "), resumed.err());
    submit.run("train", options("whole", epochs, rounds)).succeeded();
    assertEquals(sha256("whole"), sha256("model"));
  }

  private String sha256(String model) throws IOException {
    return RoundTripProcessTest.json(folder.resolve(model + ".json"))
        .get("parametersSha256")
        .asText();
  }

  /** Kills a training after some epochs and returns how many it had told of. */
  private int kill(Submit submit) throws Exception {
    try (Submit.Running training = submit.start("train", options("model", NEVER_REACHED))) {
      training.awaitError("epoch 3/");
      training.kill();
      String err = training.outcome().err();
      return (int) err.lines().filter(line -> line.startsWith("epoch ")).count();
    }
  }

  private static Object[] options(String model, int epochs, Object... more) {
    List<Object> options = new ArrayList<>(List.of("--input", "reviews", "--model", model));
    options.addAll(List.of("--metrics", model + ".json", "--epochs", epochs));
    options.addAll(List.of("--master", "local[2]", "--units", 4, "--embedding-size", 4));
    options.addAll(List.of("--validation-split", 0.2));
    Collections.addAll(options, more);
    return options.toArray();
  }
}

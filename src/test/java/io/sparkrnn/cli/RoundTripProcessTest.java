package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generate, train, evaluate and score, each as a process, in a folder whose name has a space. */
class RoundTripProcessTest {
  @TempDir private Path parent;

  @Test
  void aModelIsTrainedEvaluatedAndUsed() throws Exception {
    Path folder = Files.createDirectory(parent.resolve("with space"));
    Submit submit = new Submit(folder);
    submit.run("generate", "--reviews", 400, "--output", "reviews", "--format", "csv").succeeded();
    Object[] training = {
      "--input",
      "reviews",
      "--model",
      "a model",
      "--metrics",
      "train.json",
      "--shards",
      2,
      "--test-split",
      "0.2",
      "--validation-split=0.2",
      "--epochs",
      "2",
      "--units",
      "4",
      "--embedding-size",
      "4"
    };
    submit.run("train", training).succeeded();
    checkTraining(json(folder.resolve("train.json")));
    String writer = json(folder.resolve("a model/config.json")).get("createdBy").asText();
    assertTrue(writer.matches("spark-rnn \\d+\\.\\d+\\.\\d+.*"), writer);
    submit.run("train", training).failed(2, "model a model exists and is not empty");

    submit
        .run("evaluate", "--model", "a model", "--input", "reviews", "--metrics", "evaluate.json")
        .succeeded();
    JsonNode evaluation = json(folder.resolve("evaluate.json")).get("evaluation");
    assertEquals(400, evaluation.get("rows").asLong() + evaluation.get("rowsRefused").asLong());

    Object[] scoring = {
      "--model",
      "a model",
      "--input",
      "reviews",
      "--output",
      "scored",
      "--format",
      "json",
      "--metrics",
      "score.json"
    };
    Submit.Outcome scored = submit.run("score", scoring).succeeded();
    assertFalse(scored.err().contains(" WARN "), scored.err());
    checkScores(folder);
    submit.run("score", scoring).failed(2, "output scored exists and is not empty");
    assertNothingHalfWritten(folder);
  }

  private static void checkTraining(JsonNode metrics) {
    assertEquals(64, metrics.get("parametersSha256").asText().length());
    assertEquals(2, metrics.get("shards").asInt());
    assertEquals("nesterov", metrics.get("rounds").get("outerUpdate").asText());
    assertEquals(2, metrics.get("epochs").size());
    JsonNode second = metrics.get("epochs").get(1);
    for (String key : new String[] {"epoch", "trainLoss", "seconds", "reviewsPerSecond"}) {
      assertTrue(second.get(key).isNumber(), key);
    }
    assertTrue(second.get("validation").isObject(), second.toString());
    assertEquals(0, metrics.get("rowsRefused").asLong());
    assertEquals(0, metrics.get("refusals").size());
    for (String part : new String[] {"validation", "evaluation"}) {
      for (String key : new String[] {"rows", "rowsRefused", "accuracy", "logLoss", "auc"}) {
        assertTrue(metrics.get(part).get(key).isNumber(), part + " " + key);
      }
      assertEquals(2, metrics.get(part).get("confusion").size());
    }
  }

  private static void checkScores(Path folder) throws IOException {
    JsonNode metrics = json(folder.resolve("score.json"));
    assertEquals(400, metrics.get("rowsIn").asLong());
    assertEquals(400, metrics.get("rowsScored").asLong());
    assertEquals(0, metrics.get("rowsRefused").asLong());
    long rows = 0;
    try (Stream<Path> parts = Files.list(folder.resolve("scored"))) {
      for (Path part : parts.filter(file -> file.toString().endsWith(".json")).toList()) {
        for (String line : Files.readAllLines(part)) {
          JsonNode row = new ObjectMapper().readTree(line);
          assertTrue(row.has("text") && row.has("label") && row.has("domain"), line);
          double probability = row.get("probability").asDouble();
          assertEquals(probability > 0.5 ? 1 : 0, row.get("prediction").asInt(), line);
          rows++;
        }
      }
    }
    assertEquals(400, rows);
  }

  private static void assertNothingHalfWritten(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          "[a model, evaluate.json, reviews, score.json, scored, train.json]",
          files.map(file -> file.getFileName().toString()).sorted().toList().toString());
    }
  }

  static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}

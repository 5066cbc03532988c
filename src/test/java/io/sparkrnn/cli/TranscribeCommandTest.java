package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.io.LocalStorage;
import io.sparkrnn.io.ModelDirectory;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.sequence.Transcriber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/train --task transcribe} and what is done with its model. */
class TranscribeCommandTest {
  @TempDir private Path folder;

  private final PrintStream console = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(console);
  }

  private static int run(String command, Object... options) {
    return Main.run(
        Stream.of(
                Stream.of(command),
                Stream.of("--master", "local[2]", "--conf", "spark.ui.enabled=false"),
                Stream.of(options))
            .flatMap(some -> some)
            .map(Object::toString)
            .toArray(String[]::new),
        new Environment(Path.of(""), false));
  }

  /** Each word of the label shows in some steps: the first number says which, noise is added. */
  private Path rows(int count, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < count; row++) {
      List<String> words = new ArrayList<>();
      List<String> steps = new ArrayList<>();
      for (int i = 0; i < 1 + row % 3; i++) {
        boolean up = random.nextBoolean();
        words.add(up ? "up" : "down");
        for (int t = 0; t < 2 + random.nextInt(2); t++) {
          steps.add(step(random, up ? 1 : -1));
        }
        steps.add(step(random, 0));
      }
      lines.append("{\"f\": %s, \"said\": \"%s\"}%n".formatted(steps, String.join(" ", words)));
    }
    lines.append("{\"f\": [[0.5, 0], [0.5, 0]], \"said\": \"up up\"}\n");
    return Files.writeString(folder.resolve("rows-" + seed + ".jsonl"), lines);
  }

  private static String step(SplittableRandom random, double value) {
    return String.format(
        Locale.ROOT, "[%.3f, %.3f]", value + 0.2 * random.nextDouble(), random.nextDouble());
  }

  @Test
  void wordsAreLearnedEvaluatedAndTranscribed() throws IOException {
    Path model = folder.resolve("model");
    Object[] options = {
      "--task=transcribe",
      "--input",
      rows(240, 1),
      "--features-col=f",
      "--vector-size=2",
      "--label-col=said",
      "--label-unit=word",
      "--standardize",
      "--model",
      model,
      "--units=12",
      "--epochs=12",
      "--learning-rate=0.03",
      "--batch-size=8",
      "--optimizer=adam",
      "--test-split=0.1",
      "--metrics",
      folder.resolve("m.json")
    };
    assertEquals(0, run("train", options), errors.toString());
    JsonNode metrics = RoundTripProcessTest.json(folder.resolve("m.json"));
    assertTrue(metrics.get("evaluation").get("labelErrorRate").asDouble() < 0.1, "" + metrics);
    assertTrue(errors.toString().contains("label error rate"), errors.toString());

    Path others = rows(40, 2);
    Object[] evaluation = {
      "--model", model, "--input", others, "--label-col=said", "--metrics", folder.resolve("e.json")
    };
    assertEquals(0, run("evaluate", evaluation), errors.toString());
    JsonNode evaluated = RoundTripProcessTest.json(folder.resolve("e.json")).get("evaluation");
    assertEquals(40, evaluated.get("rows").asInt());
    assertEquals(1, evaluated.get("rowsRefused").asInt());
    assertTrue(evaluated.get("labelErrorRate").asDouble() < 0.1, evaluated.toString());

    Path scored = folder.resolve("scored");
    Object[] scoring = {"--model", model, "--input", others, "--output", scored, "--format=json"};
    assertEquals(0, run("score", scoring), errors.toString());
    SavedModel saved = ModelDirectory.read(new LocalStorage(model));
    assertEquals(List.of("down", "up"), saved.labels());
    Transcriber transcriber = Transcriber.of(saved, 1);
    int right = 0;
    List<JsonNode> rows = scored(scored);
    for (JsonNode row : rows.subList(0, 40)) {
      float[] vectors = new float[2 * row.get("f").size()];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = (float) row.get("f").get(i / 2).get(i % 2).asDouble();
      }
      String transcript = row.get("transcript").asText();
      assertEquals(transcript, transcriber.transcript(vectors), "without Spark");
      right += transcript.equals(row.get("said").asText()) ? 1 : 0;
    }
    assertEquals(41, rows.size());
    assertTrue(right > 30, right + " of 40");
  }

  private static List<JsonNode> scored(Path directory) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          rows.add(new ObjectMapper().readTree(line));
        }
      }
    }
    return rows;
  }

  @Test
  void textsAreNotTranscribed() throws IOException {
    assertEquals(2, run("train", "--task=transcribe", "--input", rows(5, 3)));
    String told = errors.toString();
    assertTrue(told.contains("--task transcribe needs --audio-col or --features-col"), told);
  }
}

package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.audio.Wavs;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.io.LocalStorage;
import io.sparkrnn.io.ModelDirectory;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.sequence.SequenceClassifier;
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

/** Vectors and audio by command: trained on, evaluated, scored. */
class FeaturesCommandTest {
  @TempDir private Path folder;

  private final PrintStream console = System.err;
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(console);
    System.setOut(out);
  }

  private int run(String command, Object... options) {
    Stream<?> session =
        command.equals("predict")
            ? Stream.of()
            : Stream.of("--master", "local[2]", "--conf", "spark.ui.enabled=false");
    return Main.run(
        Stream.of(Stream.of(command), session, Stream.of(options))
            .flatMap(some -> some)
            .map(Object::toString)
            .toArray(String[]::new),
        new Environment(Path.of(""), false));
  }

  private List<JsonNode> scored(Path directory) throws IOException {
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

  /** The first number tells the class, which is hard to see beside the second. */
  private Path vectors() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < 120; row++) {
      List<String> steps = new ArrayList<>();
      for (int t = 0; t < 3 + row % 4; t++) {
        double value = (row % 2 == 0 ? 0.01 : -0.01) * (1 + random.nextDouble());
        steps.add(String.format(Locale.ROOT, "[%.4f, %d]", value, 1000 + random.nextInt(2000)));
      }
      lines.append("{\"id\": %d, \"f\": %s, \"label\": %d}%n".formatted(row, steps, row % 2));
    }
    lines.append("{\"id\": 120, \"f\": [[1, 2, 3]], \"label\": 1}\n");
    return Files.writeString(folder.resolve("rows.jsonl"), lines);
  }

  @Test
  void vectorsAreStandardizedLearnedEvaluatedAndScored() throws IOException {
    Path input = vectors();
    Path model = folder.resolve("model");
    List<Object> options =
        List.of(
            "--input",
            input,
            "--features-col=f",
            "--vector-size=2",
            "--standardize",
            "--model",
            model,
            "--units=8",
            "--epochs=6",
            "--learning-rate=0.03",
            "--batch-size=16",
            "--max-refused-fraction=0.1",
            "--test-split=0.2",
            "--metrics",
            folder.resolve("m.json"));
    assertEquals(0, run("train", options.toArray()), errors.toString());
    JsonNode metrics = RoundTripProcessTest.json(folder.resolve("m.json"));
    assertTrue(metrics.get("evaluation").get("accuracy").asDouble() > 0.9, metrics.toString());

    assertEquals(
        0,
        run("evaluate", "--model", model, "--input", input, "--metrics", folder.resolve("e.json")),
        errors.toString());
    JsonNode evaluation = RoundTripProcessTest.json(folder.resolve("e.json")).get("evaluation");
    assertEquals(120, evaluation.get("rows").asInt());
    assertEquals(1, evaluation.get("rowsRefused").asInt());
    assertTrue(evaluation.get("accuracy").asDouble() > 0.9, evaluation.toString());

    Path scored = folder.resolve("scored");
    assertEquals(
        0,
        run("score", "--model", model, "--input", input, "--output", scored, "--format=json"),
        errors.toString());
    List<JsonNode> rows = scored(scored);
    assertEquals(121, rows.size());
    SavedModel saved = ModelDirectory.read(new LocalStorage(model));
    SequenceClassifier classifier = SequenceClassifier.of(saved);
    for (JsonNode row : rows.subList(0, 5)) {
      float[] sequence = new float[2 * row.get("f").size()];
      for (int i = 0; i < sequence.length; i++) {
        sequence[i] = (float) row.get("f").get(i / 2).get(i % 2).asDouble();
      }
      assertEquals(
          row.get("probability").asDouble(), classifier.probabilities(sequence)[1], 0, "no Spark");
    }
    assertEquals("features hold a vector of another size", rows.get(120).get("reason").asText());
  }

  /** Directories of low and of high tones, and files that are no audio. */
  private Path tones() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Path tones = folder.resolve("tones");
    for (int i = 0; i < 40; i++) {
      Path directory = Files.createDirectories(tones.resolve("" + i % 2));
      double hertz = (i % 2 == 0 ? 300 : 900) * (1 + 0.3 * random.nextDouble());
      int rate = i % 3 == 0 ? 16000 : 8000;
      byte[] first = Wavs.tone(rate, hertz, 0.1 + 0.1 * random.nextDouble());
      Files.write(directory.resolve(i + ".wav"), first);
    }
    Files.writeString(tones.resolve("1").resolve("broken.wav"), "no sound");
    return tones;
  }

  @Test
  void wavFilesAreLearnedScoredAndPredicted() throws IOException {
    Path tones = tones();
    Path model = folder.resolve("model");
    List<Object> options =
        List.of(
            "--input",
            tones,
            "--audio-col=file",
            "--model",
            model,
            "--units=8",
            "--epochs=6",
            "--learning-rate=0.03",
            "--batch-size=8",
            "--pooling=mean",
            "--max-refused-fraction=0.1",
            "--validation-split=0.2");
    assertEquals(0, run("train", options.toArray()), errors.toString());

    Path list = folder.resolve("tones").resolve("list.csv");
    Files.writeString(list, "file\n0/0.wav\n1/1.wav\n1/broken.wav\nnowhere.wav\n");
    Path scored = folder.resolve("scored");
    assertEquals(
        0,
        run("score", "--model", model, "--input", list, "--output", scored, "--format=json"),
        errors.toString());
    List<JsonNode> rows = scored(scored);
    assertEquals(4, rows.size());
    assertEquals("0/0.wav", rows.get(0).get("file").asText());
    assertEquals("audio is no WAV file", rows.get(2).get("reason").asText());
    assertEquals("audio file 'nowhere.wav' does not exist", rows.get(3).get("reason").asText());

    assertEquals(0, run("predict", "--model", model, tones.resolve("0").resolve("0.wav")));
    String answer = output.toString(StandardCharsets.UTF_8).strip();
    assertEquals(
        String.format(Locale.ROOT, "%.4f", rows.get(0).get("probability").asDouble()),
        answer.split("\t")[0]);
  }

  @Test
  void optionsOfTextsAreRefusedWithVectors() throws IOException {
    Path input = vectors();
    int code =
        run("train", "--input", input, "--features-col=f", "--vector-size=2", "--max-length=5");
    assertEquals(2, code);
    assertTrue(
        errors.toString().contains("--max-length is for texts, and is not read with"),
        errors.toString());
  }
}

package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.io.language.LanguageModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/train --task language-model} and what is done with its model. */
class LanguageModelCommandTest {
  private static final List<String> NETWORK =
      List.of("--units=12", "--embedding-size=8", "--batch-size=8", "--segment-length=10");

  @TempDir private Path folder;

  private final PrintStream console = System.err;
  private final PrintStream out = System.out;
  private final InputStream in = System.in;
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
    System.setIn(in);
  }

  private static int run(String command, Stream<?> options) {
    Stream<?> session =
        command.equals("predict")
            ? Stream.of()
            : Stream.of("--master", "local[2]", "--conf", "spark.ui.enabled=false");
    return Main.run(
        Stream.of(Stream.of(command), session, options)
            .flatMap(some -> some)
            .map(Object::toString)
            .toArray(String[]::new),
        new Environment(Path.of(""), false));
  }

  private JsonNode train(Path input, String model, Object... options) throws IOException {
    Stream<?> all =
        Stream.of(
                Stream.of("--task=language-model", "--input", input, "--epochs=3"),
                Stream.of("--model", folder.resolve(model), "--metrics", folder.resolve("m.json")),
                NETWORK.stream(),
                Stream.of(options))
            .flatMap(some -> some);
    assertEquals(0, run("train", all), errors.toString());
    return RoundTripProcessTest.json(folder.resolve("m.json"));
  }

  /** A directory of two files of many lines. */
  private Path texts() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Path texts = Files.createDirectories(folder.resolve("texts"));
    for (String name : List.of("a.txt", "b.txt")) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 60_000) {
        text.append(random.nextBoolean() ? "A rose is a rose\n" : "it was the best of times.\n");
      }
      Files.writeString(texts.resolve(name), text);
    }
    return texts;
  }

  @Test
  void charactersAreLearnedScoredEvaluatedAndContinued() throws IOException {
    Path texts = texts();
    JsonNode metrics = train(texts, "lm", "--unit=character", "--test-split=0.2");
    JsonNode epochs = metrics.get("epochs");
    double first = epochs.get(0).get("validation").get("bitsPerCharacter").asDouble();
    double last = epochs.get(2).get("validation").get("bitsPerCharacter").asDouble();
    assertTrue(last < first && last < 3, metrics.toString());
    assertTrue(metrics.get("evaluation").get("perplexity").asDouble() < 8, metrics.toString());
    String told = errors.toString(StandardCharsets.UTF_8);
    assertTrue(told.contains("segments/s") && told.contains("bits per character"), told);

    Path model = folder.resolve("lm");
    Stream<?> places = Stream.of("--model", model, "--input", texts);
    assertEquals(
        0,
        run("evaluate", Stream.concat(places, Stream.of("--metrics", folder.resolve("e.json")))),
        errors.toString());
    JsonNode evaluation = RoundTripProcessTest.json(folder.resolve("e.json")).get("evaluation");
    assertEquals(8, evaluation.get("rows").asInt());
    assertEquals(last, evaluation.get("bitsPerCharacter").asDouble(), 0.2);

    Path scored = folder.resolve("scored");
    assertEquals(
        0,
        run(
            "score",
            Stream.of("--model", model, "--input", texts, "--output", scored, "--format", "json")),
        errors.toString());
    double sum = 0;
    int rows = 0;
    LanguageModel local = LanguageModel.load(model);
    try (Stream<Path> files = Files.list(scored)) {
      for (Path part : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        for (String line : Files.readAllLines(part)) {
          JsonNode row = new ObjectMapper().readTree(line);
          double logProbability = row.get("logProbability").asDouble();
          String text = row.get("text").asText();
          assertEquals(text.length() + 1, row.get("tokens").asInt());
          assertEquals(local.logProbability(text), logProbability);
          sum += logProbability;
          rows++;
        }
      }
    }
    assertEquals(8, rows);
    double characters = 0;
    for (String name : List.of("a.txt", "b.txt")) {
      characters += Files.readString(texts.resolve(name)).length();
    }
    assertEquals(
        -sum / Math.log(2) / characters, evaluation.get("bitsPerCharacter").asDouble(), 1e-9);

    output.reset();
    assertEquals(0, run("predict", Stream.of("--model", model, "--length=30", "A rose", "it")));
    String answers = output.toString(StandardCharsets.UTF_8);
    assertTrue(answers.startsWith("A rose"), answers);
    output.reset();
    System.setIn(new ByteArrayInputStream("A rose\nit\n".getBytes(StandardCharsets.UTF_8)));
    assertEquals(0, run("predict", Stream.of("--model", model, "--length=30")));
    assertEquals(answers, output.toString(StandardCharsets.UTF_8));
  }

  @Test
  void unlabelledRowsAreTrainedOnAndShardsAreAveraged() throws IOException {
    Path reviews = folder.resolve("reviews");
    for (String name : List.of("pos", "neg", "unsup")) {
      Path directory = Files.createDirectories(reviews.resolve(name));
      for (int i = 0; i < 40; i++) {
        Files.writeString(
            directory.resolve(i + "_" + (i % 10 + 1) + ".txt"),
            "This film was " + (i % 3 == 0 ? "very " : "") + "good, number " + i + " of them all");
      }
    }
    Object[] options = {"--shards=3", "--batches-per-round=2"};
    JsonNode once = train(reviews, "one", options);
    assertTrue(errors.toString().contains("training on 111 "), errors.toString());
    String hash = once.get("parametersSha256").asText();
    assertEquals(
        hash,
        train(reviews, "two", "--shards=3", "--batches-per-round=2", "--threads-per-task=1")
            .get("parametersSha256")
            .asText());
    assertNotEquals(hash, train(reviews, "three").get("parametersSha256").asText());
  }

  @Test
  void optionsThatTheTaskDoesNotReadAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "one\ntwo\n");
    refused(
        "--segment-length is not read with --task classify",
        "--segment-length=9",
        "--input=" + file);
    refused(
        "--loss is not read with --task language-model",
        "--task=language-model",
        "--loss=mean_squared_error",
        "--input=" + file);
    refused("--task", "--task=singing", "--input=" + file);
    refused("there is no column 'label' in " + file, "--input=" + file);
  }

  private void refused(String message, String... options) {
    errors.reset();
    assertEquals(2, run("train", Stream.of(options)), errors.toString());
    assertTrue(errors.toString().contains(message), errors.toString());
  }
}

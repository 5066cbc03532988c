package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.cli.session.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/train --task translate} and what is done with its model. */
class TranslateCommandTest {
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

  private static int run(String command, Object... options) {
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

  /** Words and their translations, one for one, and a pair without a translation. */
  private Path pairs() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    String[][] words = {{"a", "un"}, {"red", "rouge"}, {"cat", "chat"}, {"dog", "chien"}};
    List<String> lines = new ArrayList<>(List.of("en\tfr\tid"));
    for (int i = 0; i < 300; i++) {
      String[] first = words[random.nextInt(4)];
      String[] second = words[random.nextInt(4)];
      String[] third = words[random.nextInt(4)];
      lines.add(
          "%s %s %s!\t%s %s %s!\t%d"
              .formatted(first[0], second[0], third[0], first[1], second[1], third[1], i));
    }
    lines.add("a dog\t\t300");
    return Files.write(folder.resolve("pairs.tsv"), lines);
  }

  @Test
  void pairsAreLearnedEvaluatedScoredAndPredicted() throws IOException {
    Path pairs = pairs();
    Path model = folder.resolve("model");
    Object[] train = {
      "--task=translate",
      "--input",
      pairs,
      "--source-col=en",
      "--target-col=fr",
      "--model",
      model,
      "--layer=gru",
      "--units=12",
      "--embedding-size=8",
      "--optimizer=adam",
      "--learning-rate=0.02",
      "--batch-size=8",
      "--epochs=12",
      "--test-split=0.2",
      "--validation-split=0.2",
      "--metrics",
      folder.resolve("m.json")
    };
    assertEquals(0, run("train", train), errors.toString());
    JsonNode metrics = RoundTripProcessTest.json(folder.resolve("m.json"));
    JsonNode epochs = metrics.get("epochs");
    assertTrue(
        epochs.get(11).get("validation").get("perplexity").asDouble()
            < epochs.get(0).get("validation").get("perplexity").asDouble());
    assertTrue(metrics.get("evaluation").get("chrf").asDouble() > 50, metrics.toString());
    assertTrue(errors.toString().contains("pairs/s"), errors.toString());

    Path evaluated = folder.resolve("e.json");
    assertEquals(
        0,
        run("evaluate", "--model", model, "--input", pairs, "--metrics", evaluated, "--beam=2"),
        errors.toString());
    JsonNode evaluation = RoundTripProcessTest.json(evaluated).get("evaluation");
    assertEquals(300, evaluation.get("rows").asInt());
    assertEquals(1, evaluation.get("rowsRefused").asInt());
    assertTrue(evaluation.get("chrf").asDouble() > 50, evaluation.toString());
    assertTrue(evaluation.get("bleu").isNumber() && evaluation.get("perplexity").isNumber());

    Path scored = folder.resolve("scored");
    assertEquals(
        0,
        run("score", "--model", model, "--input", pairs, "--output", scored, "--format=json"),
        errors.toString());
    output.reset();
    assertEquals(0, run("predict", "--model", model, "a red cat!"));
    String answer = output.toString(StandardCharsets.UTF_8).strip();
    int rows = 0;
    try (Stream<Path> files = Files.list(scored)) {
      for (Path part : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        for (String line : Files.readAllLines(part)) {
          JsonNode row = new ObjectMapper().readTree(line);
          if (row.get("en").asText().equals("a red cat!")) {
            assertEquals(answer, row.get("translation").asText());
          }
          assertTrue(row.has("translation") && row.has("fr") && row.has("id"), line);
          rows++;
        }
      }
    }
    assertEquals(301, rows);
  }

  @Test
  void whatTranslatorsDoNotReadIsRefused() throws IOException {
    assertEquals(2, run("train", "--task=translate", "--input", pairs(), "--text-col=en"));
    assertTrue(errors.toString().contains("--text-col is not read with --task translate"));
    errors.reset();
    assertEquals(
        2, run("train", "--task=translate", "--input", pairs(), "--model", folder.resolve("x")));
    assertTrue(errors.toString().contains("there is no column 'source'"), errors.toString());
  }
}

package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.cli.session.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that starts from a model, by the command. */
class StartFromOptionTest {
  private static final String REVIEWS = "text,label\n" + "a good film,1\na bad film,0\n".repeat(10);
  private static final String OTHERS =
      "text,label\n" + "a good plot,1\na bad plot,0\nno film,0\n".repeat(10);

  @TempDir private Path folder;

  private String run(int code, String model, String reviews, Object... options) throws IOException {
    Path input = Files.writeString(folder.resolve(model + ".csv"), reviews);
    Stream<Object> common =
        Stream.of("train", "--input", input, "--model", folder.resolve(model), "--epochs", 2);
    Stream<Object> session =
        Stream.of("--master", "local[2]", "--conf", "spark.ui.enabled=false", "--overwrite");
    Stream<Object> metrics = Stream.of("--metrics", folder.resolve("metrics.json"));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream console = System.err;
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      String[] arguments =
          Stream.of(common, session, metrics, Stream.of(options))
              .flatMap(part -> part)
              .map(Object::toString)
              .toArray(String[]::new);
      assertEquals(
          code, Main.run(arguments, new Environment(Path.of(""), false)), errors::toString);
    } finally {
      System.setErr(console);
    }
    return errors.toString(StandardCharsets.UTF_8);
  }

  private JsonNode metrics() throws IOException {
    return RoundTripProcessTest.json(folder.resolve("metrics.json"));
  }

  @Test
  void anotherTrainingGoesOnWithWordsAndLayers() throws IOException {
    run(0, "first", REVIEWS, "--units", 3, "--embedding-size", 5, "--layer", "gru");
    String err = run(0, "second", OTHERS, "--start-from", folder.resolve("first"));
    JsonNode start = metrics().get("startedFrom");
    assertEquals(0, start.get("fresh").size(), err);
    assertEquals(4, start.get("words").asInt(), "the words are those of the first model");
    assertEquals(4, start.get("wordsTaken").asInt());
    assertTrue(err.contains("start from: " + folder.resolve("first") + " gives embedding"), err);
    byte[] words = Files.readAllBytes(folder.resolve("first/vocabulary.txt"));
    assertEquals(
        new String(words, StandardCharsets.UTF_8),
        Files.readString(folder.resolve("second/vocabulary.txt")));
  }

  @Test
  void theResultDependsOnTheModel() throws IOException {
    run(0, "one", REVIEWS, "--units", 3, "--seed", 1);
    run(0, "two", REVIEWS, "--units", 3, "--seed", 2);
    run(0, "from", OTHERS, "--start-from", folder.resolve("one"));
    String one = metrics().get("parametersSha256").asText();
    run(0, "from", OTHERS, "--start-from", folder.resolve("one"));
    assertEquals(one, metrics().get("parametersSha256").asText());
    run(0, "from", OTHERS, "--start-from", folder.resolve("two"));
    assertTrue(!one.equals(metrics().get("parametersSha256").asText()));
  }

  @Test
  void aModelOfAnotherUnitIsRefused() throws IOException {
    run(0, "characters", REVIEWS, "--task", "language-model", "--unit", "character", "--units", 3);
    Path characters = folder.resolve("characters");
    String classifier = run(2, "classifier", REVIEWS, "--start-from", characters);
    assertTrue(
        classifier.contains(
            "must be of words for --start-from, as this training is, got one of characters"),
        classifier);
    run(0, "words", REVIEWS, "--units", 3);
    String language =
        run(
            2,
            "language",
            REVIEWS,
            "--task",
            "language-model",
            "--unit",
            "character",
            "--start-from",
            folder.resolve("words"));
    assertTrue(language.contains("must be of characters for --start-from"), language);
  }

  @Test
  void whatCannotBeReadOrDoesNotFitIsRefused() throws IOException {
    String missing = run(2, "none", REVIEWS, "--start-from", folder.resolve("missing"));
    assertTrue(missing.contains("config.json: is missing"), missing);
    run(0, "first", REVIEWS, "--units", 3, "--embedding-size", 5);
    String other =
        run(
            2,
            "other",
            REVIEWS,
            "--start-from",
            folder.resolve("first"),
            "--units",
            4,
            "--embedding-size",
            6,
            "--pooling",
            "mean");
    assertTrue(other.contains("has no words and no layer in common"), other);
  }
}

package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.text.SentenceGrammar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/train --task tag} and what is done with its model. */
class TagCommandTest {
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

  /** Two bad rows at the end: labels that are not as many, and none at all. */
  private Path csv(int sentences, String last) throws IOException {
    StringBuilder csv = new StringBuilder("words,tags2\n");
    for (int i = 0; i < sentences; i++) {
      SentenceGrammar.Sentence sentence = new SentenceGrammar(5).sentence(i);
      csv.append('"').append(String.join(" ", sentence.tokens())).append("\",");
      csv.append(String.join("  ", sentence.labels())).append('\n');
    }
    return Files.writeString(folder.resolve(sentences + ".csv"), csv.append(last));
  }

  @Test
  void wordsAreLabelledFromCsvAndEveryBadRowIsCounted() throws IOException {
    Path model = folder.resolve("model");
    assertEquals(
        0,
        run(
            "train",
            "--task=tag",
            "--tokens-col=words",
            "--label-col=tags2",
            "--max-refused-fraction=0.1",
            "--input=" + csv(150, "one two,O\n,O\n"),
            "--test-split=0.2",
            "--units=8",
            "--bidirectional=true",
            "--crf=true",
            "--optimizer=adam",
            "--learning-rate=0.02",
            "--batch-size=8",
            "--epochs=3",
            "--model=" + model,
            "--metrics=" + folder.resolve("m.json")),
        errors.toString());
    JsonNode metrics = RoundTripProcessTest.json(folder.resolve("m.json"));
    JsonNode test = metrics.get("evaluation");
    assertTrue(test.get("accuracy").asDouble() > 0.5, metrics.toString());
    assertTrue(test.has("macroF1") && test.has("spanF1"), metrics.toString());

    Path other = csv(20, "a b,O B-PLANET\na b,O\n");
    assertEquals(
        0,
        run(
            "evaluate",
            "--model=" + model,
            "--input=" + other,
            "--label-col=tags2",
            "--metrics=" + folder.resolve("e.json")),
        errors.toString());
    JsonNode evaluation = RoundTripProcessTest.json(folder.resolve("e.json")).get("evaluation");
    assertEquals(20, evaluation.get("rows").asInt());
    assertEquals(2, evaluation.get("rowsRefused").asInt());
    assertEquals(1, evaluation.get("refusals").get("1 labels for 2 tokens").asInt());

    Path scored = folder.resolve("scored");
    assertEquals(
        0,
        run("score", "--model=" + model, "--input=" + other, "--output=" + scored, "--format=json"),
        errors.toString());
    JsonNode row;
    try (Stream<Path> files = Files.list(scored)) {
      Path part = files.filter(f -> f.getFileName().toString().startsWith("part")).toList().get(0);
      row = new ObjectMapper().readTree(Files.readAllLines(part).get(0));
    }
    String[] words = row.get("words").asText().split(" ");
    assertEquals(words.length, row.get("tags").size());

    output.reset();
    assertEquals(0, run("predict", "--model=" + model, row.get("words").asText()));
    List<String> tags =
        new ObjectMapper()
            .convertValue(row.get("tags"), List.class).stream().map(Object::toString).toList();
    assertEquals(String.join(" ", tags), output.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void optionsThatTaggersDoNotReadAreRefused() throws IOException {
    for (String option : List.of("--max-length=9", "--text-col=words", "--unit=word")) {
      errors.reset();
      assertEquals(2, run("train", "--task=tag", "--input=" + csv(3, ""), option));
      assertTrue(errors.toString().contains("is not read with --task tag"), errors.toString());
    }
    errors.reset();
    assertEquals(2, run("train", "--task=classify", "--input=" + csv(3, ""), "--crf=true"));
    assertTrue(errors.toString().contains("--crf is not read"), errors.toString());
    errors.reset();
    assertEquals(2, run("train", "--task=tag", "--input=" + csv(3, "")));
    assertTrue(
        errors.toString().contains("name the tokens column with --tokens-col"), errors.toString());
  }
}

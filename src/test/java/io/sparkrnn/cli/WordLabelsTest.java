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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels that are words, by the commands. */
class WordLabelsTest {
  @TempDir private Path folder;

  private Path mails() throws IOException {
    StringBuilder csv = new StringBuilder("id,text,kind\n");
    String[] kinds = {"spam", "ham", "list"};
    String[] texts = {"win money now", "see you at lunch", "reply to unsubscribe"};
    for (int i = 0; i < 60; i++) {
      csv.append(i).append(',').append(texts[i % 3]).append(" no ").append(i).append(',');
      csv.append(kinds[i % 3]).append('\n');
    }
    csv.append("60,nobody knows,\n");
    return Files.writeString(folder.resolve("mails.csv"), csv);
  }

  private String run(int code, Object... arguments) {
    Stream<Object> session = Stream.of("--master", "local[2]", "--conf", "spark.ui.enabled=false");
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream console = System.err;
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      String[] all =
          Stream.concat(Stream.of(arguments), session).map(Object::toString).toArray(String[]::new);
      assertEquals(code, Main.run(all, new Environment(Path.of(""), false)), errors::toString);
    } finally {
      System.setErr(console);
    }
    return errors.toString(StandardCharsets.UTF_8);
  }

  private String train(int code, Object... options) throws IOException {
    List<Object> all = new ArrayList<>(List.of("train", "--input", mails(), "--label-col", "kind"));
    all.addAll(List.of("--model", folder.resolve("model"), "--overwrite", "--units", 8));
    all.addAll(List.of("--epochs", 12, "--learning-rate", 0.02, "--pooling", "mean"));
    all.addAll(List.of("--metrics", folder.resolve("metrics.json")));
    all.addAll(List.of(options));
    return run(code, all.toArray());
  }

  private JsonNode metrics() throws IOException {
    return RoundTripProcessTest.json(folder.resolve("metrics.json"));
  }

  private String scored() throws IOException {
    Path output = folder.resolve("scored");
    Path model = folder.resolve("model");
    Path input = Files.writeString(folder.resolve("new.csv"), "id,text\n1,win money\n2,\n");
    run(0, "score", "--model", model, "--input", input, "--output", output, "--format", "json");
    try (Stream<Path> files = Files.list(output)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    }
  }

  @Test
  void wordsAreLearntAndGivenBack() throws IOException {
    train(0);
    String config = Files.readString(folder.resolve("model/config.json"));
    assertTrue(config.replaceAll("\\s", "").contains("[\"ham\",\"list\",\"spam\"]"), config);
    String out = scored();
    assertTrue(out.contains("\"label\":\"spam\""), out);
    assertTrue(out.contains("text is null") || out.contains("no text"), out);
    assertEquals(1, out.split("\"label\":\"", -1).length - 1, out);
    Path other = folder.resolve("other.csv");
    Files.writeString(other, "text,kind\nwin money now,spam\nsee you,ham\nwhat is it,junk\n");
    Path metrics = folder.resolve("metrics.json");
    Path model = folder.resolve("model");
    Object[] evaluate = {"evaluate", "--model", model, "--input", other, "--label-col", "kind"};
    run(0, Stream.concat(Stream.of(evaluate), Stream.of("--metrics", metrics)).toArray());
    JsonNode evaluation = metrics().get("evaluation");
    assertEquals(2, evaluation.get("rows").asInt());
    assertEquals(1, evaluation.get("refusals").get("label 'junk' is unknown").asInt());
    assertEquals(2.0 / 2, evaluation.get("accuracy").asDouble());
    assertEquals(1, evaluation.get("macroF1").asDouble(), "of the classes that are there");
  }

  @Test
  void theirOrderCanBeSaid() throws IOException {
    String err = train(0, "--labels", "spam,ham,list", "--unit", "character", "--epochs", 1);
    assertTrue(err.contains("macro f1") || err.contains("accuracy"), err);
    String config = Files.readString(folder.resolve("model/config.json")).replaceAll("\\s", "");
    assertTrue(config.contains("[\"spam\",\"ham\",\"list\"]"), config);
    assertTrue(config.contains("\"tokenizer\":\"characters\""), config);
  }

  @Test
  void labelsThatAreMissingAreTold() throws IOException {
    String err = train(2, "--labels", "spam,ham,list,rare", "--epochs", 1);
    assertTrue(err.contains("must have rows to train on, got 3 of 4"), err);
    assertTrue(train(2, "--labels", "spam").contains("--labels must be 2 or more"));
  }
}

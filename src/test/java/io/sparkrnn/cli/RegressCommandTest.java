package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.io.TextClassifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/train --task regress} and what is done with its model. */
class RegressCommandTest {
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
        Stream.concat(
                Stream.of(command, "--master", "local[2]", "--conf", "spark.ui.enabled=false"),
                Stream.of(options).map(Object::toString))
            .toArray(String[]::new),
        new Environment(Path.of(""), false));
  }

  /** The price is what the words cost, in thousands. */
  private Path prices() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    String[] words = {"old", "small", "house", "garden", "villa"};
    StringBuilder csv = new StringBuilder("text,price\n");
    for (int row = 0; row < 300; row++) {
      int price = 0;
      for (int i = 2 + random.nextInt(4); i > 0; i--) {
        int word = random.nextInt(words.length);
        csv.append(words[word]).append(' ');
        price += 1000 * (1 + word);
      }
      csv.append(',').append(price).append('\n');
    }
    return Files.writeString(folder.resolve("prices.csv"), csv + "no number,much\n");
  }

  @Test
  void aLossOfNumbersMeansARegressionOnTheScaleOfTheLabels() throws IOException {
    Path prices = prices();
    Path model = folder.resolve("model");
    assertEquals(
        0,
        run(
            "train",
            "--loss=mean_squared_error",
            "--label-col=price",
            "--input=" + prices,
            "--test-split=0.2",
            "--units=8",
            "--optimizer=adam",
            "--learning-rate=0.02",
            "--batch-size=8",
            "--epochs=8",
            "--model=" + model,
            "--metrics=" + folder.resolve("m.json")),
        errors.toString());
    JsonNode metrics = RoundTripProcessTest.json(folder.resolve("m.json"));
    assertTrue(metrics.get("evaluation").get("r2").asDouble() > 0.8, metrics.toString());
    assertTrue(metrics.get("validation").get("rmse").asDouble() > 10, metrics.toString());
    assertTrue(metrics.get("evaluation").has("mae"), metrics.toString());
    String report = Files.readString(model.resolve("report.html"));
    assertTrue(report.contains("Training loss by epoch") && report.contains("validation RMSE"));
    assertFalse(report.contains("AUC"));

    Path scored = folder.resolve("scored");
    assertEquals(
        0,
        run(
            "score",
            "--model=" + model,
            "--input=" + prices,
            "--output=" + scored,
            "--format=json"),
        errors.toString());
    try (Stream<Path> files = Files.list(scored)) {
      Path part = files.filter(f -> f.getFileName().toString().startsWith("part")).toList().get(0);
      JsonNode row = new ObjectMapper().readTree(Files.readAllLines(part).get(0));
      assertFalse(row.has("probability"));
      assertEquals(
          TextClassifier.load(model).value(row.get("text").asText()),
          row.get("prediction").asDouble());
    }
    errors.reset();
    assertEquals(2, run("train", "--task=classify", "--loss=huber", "--input=" + prices));
    assertTrue(errors.toString().contains("loss must be one of classes"), errors.toString());
  }
}

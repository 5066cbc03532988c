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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/train --task forecast} and what is done with its model. */
class ForecastCommandTest {
  @TempDir private Path folder;

  private final PrintStream console = System.err;
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(console);
    System.setOut(out);
  }

  private static int run(String command, Object... options) {
    return Main.run(
        Stream.concat(
                Stream.of(command, "--master", "local[2]", "--conf", "spark.ui.enabled=false"),
                Stream.of(options))
            .map(Object::toString)
            .toArray(String[]::new),
        new Environment(Path.of(""), false));
  }

  private Path table() throws IOException {
    StringBuilder csv = new StringBuilder("\"Month\",\"Value\"\n");
    for (int month = 0; month < 240; month++) {
      String value = month == 50 ? "NA" : "" + (100 + 10 * (month % 12) + month * 37 % 11);
      csv.append("\"%d-%02d\",%s%n".formatted(1950 + month / 12, 1 + month % 12, value));
    }
    return Files.writeString(folder.resolve("months.csv"), csv);
  }

  @Test
  void aSeriesIsLearnedEvaluatedAndForecast() throws IOException {
    Path table = table();
    Path model = folder.resolve("model");
    Path file = folder.resolve("m.json");
    assertEquals(
        0,
        run(
            "train",
            "--task=forecast",
            "--input",
            table,
            "--time-col=Month",
            "--value-cols=Value",
            "--window=12",
            "--horizon=3",
            "--season=12",
            "--units=8",
            "--optimizer=adam",
            "--learning-rate=0.02",
            "--epochs=12",
            "--test-split=0.1",
            "--quantiles=0.1,0.5,0.9",
            "--model",
            model,
            "--metrics",
            file),
        errors.toString());
    JsonNode metrics = RoundTripProcessTest.json(file);
    JsonNode test = metrics.get("evaluation");
    assertEquals(22, test.get("rows").asInt());
    assertTrue(test.get("mase").asDouble() < test.get("naive").get("mase").asDouble(), "" + test);
    assertTrue(test.has("rmse") && test.has("mae") && test.has("coverage"), "" + test);
    assertTrue(test.get("seasonalNaive").get("mase").asDouble() > 0, "" + test);
    assertEquals(15, metrics.get("series").get("windowsLeftOut").asInt());
    String report = Files.readString(model.resolve("report.html"));
    assertTrue(report.contains("seasonalNaive") && report.contains("greatest quantile"), report);

    assertEquals(
        0,
        run("evaluate", "--model", model, "--input", table, "--metrics", file),
        errors.toString());
    assertEquals(211, RoundTripProcessTest.json(file).get("evaluation").get("rows").asInt());

    Path output = folder.resolve("forecasts");
    assertEquals(
        0,
        run(
            "score",
            "--model",
            model,
            "--input",
            table,
            "--output",
            output,
            "--format=csv",
            "--metrics",
            file),
        errors.toString());
    assertEquals(3, RoundTripProcessTest.json(file).get("rowsScored").asInt());
    List<String> lines = lines(output);
    assertEquals("Month,prediction,q0.1,q0.5,q0.9,reason", lines.get(0));
    assertTrue(lines.get(1).startsWith("1970-01,") && lines.get(3).startsWith("1970-03,"));
  }

  private static List<String> lines(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      Path csv =
          files
              .filter(f -> f.toString().endsWith(".csv"))
              .filter(f -> f.toFile().length() > 0)
              .findFirst()
              .orElseThrow();
      return Files.readAllLines(csv);
    }
  }

  @Test
  void whatAForecastDoesNotReadIsRefused() throws IOException {
    Path table = table();
    assertEquals(2, run("train", "--task=forecast", "--input", table, "--vocabulary-size=100"));
    assertTrue(errors.toString().contains("--vocabulary-size is not read"), errors.toString());
    assertEquals(2, run("train", "--input", table, "--window=10"));
    assertTrue(errors.toString().contains("--window is not read"), errors.toString());
  }
}

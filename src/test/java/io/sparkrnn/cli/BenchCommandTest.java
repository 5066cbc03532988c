package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark itself, with moments of measuring: what it measures and how it tells. */
class BenchCommandTest {
  private static final List<String> MACHINE = List.of("cpu", "cores", "jvm", "os", "kernels");
  private static final List<String> RATES =
      List.of("trainReviewsPerSecond", "scoreReviewsPerSecond");

  @TempDir private Path folder;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(out);
    System.setErr(err);
  }

  private int run(Object... options) {
    List<String> all = new ArrayList<>(List.of("bench"));
    Stream.of(options).map(Object::toString).forEach(all::add);
    return Main.run(all.toArray(String[]::new), new Environment(Path.of(""), false));
  }

  private JsonNode metrics(Object... options) throws IOException {
    Path file = folder.resolve("bench.json");
    List<Object> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--metrics", file, "--seconds", "0.001"));
    assertEquals(0, run(all.toArray()), errors.toString());
    return new ObjectMapper().readTree(file.toFile());
  }

  private static List<String> runs(JsonNode metrics) {
    return StreamSupport.stream(metrics.get("runs").spliterator(), false)
        .map(
            run ->
                "%s:%d/%d x%d"
                    .formatted(
                        run.get("model").asText(),
                        run.get("units").asInt(),
                        run.get("embedding").asInt(),
                        run.get("threads").asInt()))
        .toList();
  }

  private void refused(String expected, Object... options) {
    errors.reset();
    assertEquals(2, run(options), errors.toString());
    assertTrue(errors.toString().contains("error: " + expected), errors.toString());
    assertEquals("", printed.toString());
  }

  @Test
  void theMetricsHoldMachineProductsAndRuns() throws IOException {
    JsonNode metrics = metrics("--models", "lstm:32,simple_rnn", "--threads", "1,2");
    for (String key : MACHINE) {
      assertTrue(metrics.get("machine").hasNonNull(key), key);
    }
    assertEquals(6, metrics.get("gemm").size());
    for (JsonNode product : metrics.get("gemm")) {
      for (String key : List.of("m", "n", "k", "gflops")) {
        assertTrue(product.get(key).asDouble() > 0, product.toString());
      }
    }
    assertEquals(
        List.of("simple_rnn:32/32 x1", "simple_rnn:32/32 x2", "lstm:32/32 x1", "lstm:32/32 x2"),
        runs(metrics));
    for (JsonNode run : metrics.get("runs")) {
      for (String rate : RATES) {
        assertTrue(run.get(rate).asDouble() > 0, run.toString());
      }
    }
    assertTrue(printed.toString().contains("simple_rnn   units  32"), printed.toString());
  }

  @Test
  void theReviewsOfAnInputAreMeasured() throws IOException {
    Path input = folder.resolve("reviews.csv");
    String lines = "a good film,1\na bad film of a good man,0\n".repeat(64);
    Files.writeString(input, "words,stars\n" + lines);
    Object[] options = {
      "--input", input, "--text-col", "words", "--label-col", "stars", "--master", "local[2]"
    };
    List<Object> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--models", "gru", "--threads", 1, "--conf", "spark.ui.enabled=false"));
    assertEquals(List.of("gru:32/32 x1"), runs(metrics(all.toArray())));
    Files.writeString(input, "words,stars\na good film,1\n");
    printed.reset();
    refused("a measurement needs 128 reviews or more; " + input + " has 1", options);
  }

  @Test
  void theBaselineIsMeasuredOnTheSample() throws IOException {
    JsonNode metrics = metrics("--baseline", "--reviews", 300, "--conf", "spark.ui.enabled=false");
    JsonNode baseline = metrics.get("baseline");
    assertEquals("tfidf_logistic_regression", baseline.get("model").asText());
    assertEquals(300, baseline.get("trainRows").asInt() + baseline.get("rows").asInt());
    double accuracy = baseline.get("accuracy").asDouble();
    assertTrue(accuracy > 0.3 && accuracy <= 1, metrics.toString());
    assertTrue(metrics.has("machine") && !metrics.has("runs"), metrics.toString());
  }

  private Object[] baseline(String rows) throws IOException {
    Path input = Files.writeString(folder.resolve("reviews.csv"), "text,label\n" + rows);
    return new Object[] {
      "--baseline", "--input", input, "--master", "local[2]", "--conf", "spark.ui.enabled=false"
    };
  }

  private static String lines(int count, String good, String bad) {
    return IntStream.range(0, count)
        .mapToObj(i -> i % 2 == 0 ? "good film " + i + "," + good : "bad film " + i + "," + bad)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void theBaselineCountsWhatItLeavesOut() throws IOException {
    String rows = lines(40, "1", "0") + "?!,1\na film,\na film,great\n";
    JsonNode baseline = metrics(baseline(rows)).get("baseline");
    assertEquals(40, baseline.get("trainRows").asInt() + baseline.get("rows").asInt());
    assertEquals(1, baseline.get("rowsUnlabelled").asInt());
    assertEquals(2, baseline.get("rowsRefused").asInt());
    assertEquals(1, baseline.get("refusals").get("text has no words").asInt());
    assertTrue(printed.toString().contains("1 reviews without a label left out"));
    assertTrue(printed.toString().contains("2 rows refused: label 'great' is unknown (1), text"));
  }

  @Test
  void theBaselineRefusesReviewsThatItCannotTrainOn() throws IOException {
    refused(
        "refused 20 of 40 rows, more than maxRefusedFraction 0.1 allows: label -1 is outside"
            + " [0, 1000) (20); labels must be class indices",
        baseline(lines(40, "1", "-1")));
    refused(
        "refused 20 of 40 rows, more than maxRefusedFraction 0.1 allows: label 0.5 is no class",
        baseline(lines(40, "1", "0.5")));
    refused(
        "the baseline needs labelled reviews to train on and to hold out, got ",
        baseline("a film,1\n".repeat(3)));
    refused(
        "column 'label' must hold at least two classes, got only 1", baseline(lines(90, "1", "1")));
  }

  @Test
  void quietAndOtherLanguagesChangeNoFigure() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      metrics("--models", "gru", "--threads", 1);
      assertTrue(printed.toString().matches("(?s).*gemm +128 x +128 x +32 +\\d+\\.\\d GFLOP.*"));
      assertTrue(logsKernels());
      printed.reset();
      metrics("--models", "gru", "--threads", 1, "--quiet");
      assertEquals("", printed.toString());
      assertFalse(logsKernels());
    } finally {
      Locale.setDefault(before);
      metrics("--models", "gru", "--threads", 1, "--quiet=false");
    }
  }

  private static boolean logsKernels() {
    return System.getLogger("io.sparkrnn.kernel").isLoggable(System.Logger.Level.INFO);
  }

  @Test
  void whatCannotBeMeasuredIsRefusedBeforeMeasuring() {
    refused("--threads must be > 0, got 0", "--threads", "1,0");
    refused("--seconds must be > 0 and finite, got 0.0", "--seconds", 0);
    refused("--seconds must be > 0 and finite, got NaN", "--seconds", "NaN");
    refused("--reviews must be > 0, got 0", "--baseline", "--reviews", 0);
    refused("--input must name a path", "--input", "");
    refused(
        "--models must be among simple_rnn, simple_rnn:32, gru, gru:32, lstm, lstm:32,"
            + " lstm_dropout, lstm_dropout:32, lstm:128, lstm:512, got 'lstm:64'",
        "--models",
        "gru,lstm:64");
  }
}

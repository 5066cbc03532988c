package io.sparkrnn.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.cli.session.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Bad rows among good ones, and files damaged in the middle: no row is lost, none half-written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRowsTest {
  private static final String TWENTY =
      """
      {"id": 0, "text": "a good film", "label": 1}
      {"id": 1, "text": "a bad film", "label": 0}
      """
          .repeat(10);
  private static final byte[] NO_UTF_8 = {'"', 'c', 'a', 'f', (byte) 0xe9, '"'};
  private static final int TEN_MEGABYTES = 10 << 20;

  @TempDir private static Path folder;

  private final PrintStream console = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private String trainingErrors;

  /** Trained on good and bad rows; the other tests use the model. */
  @BeforeAll
  void train() throws IOException {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    Path rows = folder.resolve("train.jsonl");
    String bad =
        """
        {"text": null, "label": 1}
        {"text": "", "label": 1}
        {"text": "no such label", "label": "7 stars"}
        {"text": "nobody labelled this"}
        no JSON at all
        """;
    Files.writeString(rows, TWENTY + bad);
    Object[] options = {
      "--input", rows, "--epochs", 1, "--units", 2, "--embedding-size", 2, "--validation-split", 0
    };
    List<Object> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--metrics", folder.resolve("train.json"), "--max-refused-fraction", 0.5));
    assertEquals(0, run("train", all.toArray()), errors.toString());
    trainingErrors = errors.toString(StandardCharsets.UTF_8);
  }

  @AfterAll
  void restoreConsole() {
    System.setErr(console);
  }

  private int run(String command, Object... options) {
    errors.reset();
    Stream<Object> common =
        Stream.of("--model", folder.resolve("model"), "--master", "local[2]", "--conf");
    Stream<Object> all = Stream.concat(common, Stream.of("spark.ui.enabled=false"));
    String[] arguments =
        Stream.concat(Stream.of(command), Stream.concat(all, Stream.of(options)))
            .map(Object::toString)
            .toArray(String[]::new);
    return Main.run(arguments, new Environment(Path.of(""), false));
  }

  private List<JsonNode> score(Path input) throws IOException {
    Path output = folder.resolve(input.getFileName() + ".scored");
    int code = run("score", "--input", input, "--output", output, "--format", "json");
    assertEquals(0, code, errors.toString());
    List<JsonNode> rows = new ArrayList<>();
    try (Stream<Path> parts = Files.list(output)) {
      for (Path part : parts.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
        for (String line : Files.readAllLines(part)) {
          rows.add(new ObjectMapper().readTree(line));
        }
      }
    }
    return rows;
  }

  private void fails(String expected, Path input) throws IOException {
    Path output = folder.resolve("none");
    assertEquals(2, run("score", "--input", input, "--output", output), errors.toString());
    String err = errors.toString(StandardCharsets.UTF_8);
    List<String> lines = err.lines().filter(line -> line.startsWith("error: ")).toList();
    assertEquals(1, lines.size(), err);
    assertFalse(lines.get(0).contains("Exception"), err);
    assertTrue(err.contains(expected), err);
    assertFalse(err.contains("this is a bug"), err);
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().contains("none")));
    }
  }

  @Test
  void trainingCountsBadRowsAndSetsUnlabelledOnesAside() throws IOException {
    JsonNode metrics = new ObjectMapper().readTree(folder.resolve("train.json").toFile());
    assertEquals(1, metrics.get("rowsUnlabelled").asInt(), metrics.toString());
    assertEquals(4, metrics.get("rowsRefused").asInt(), metrics.toString());
    Map<String, Integer> refusals =
        new ObjectMapper().convertValue(metrics.get("refusals"), new TypeReference<>() {});
    assertEquals(
        Map.of(
            "text is null",
            1,
            "text has no words",
            1,
            "label '7 stars' is unknown",
            1,
            "line is not a JSON object",
            1),
        refusals);
    assertTrue(trainingErrors.contains("4 rows refused: "), trainingErrors);
    String report = Files.readString(folder.resolve("model/report.html"));
    assertTrue(report.contains("label &#39;7 stars&#39; is unknown (1)"), report);
  }

  @Test
  void scoringKeepsEveryRowInItsOrderWithAReason() throws IOException {
    Path input = folder.resolve("rows.jsonl");
    try (var out = Files.newOutputStream(input)) {
      out.write("{\"id\": 0, \"text\": \"a good film\"}\n".getBytes(StandardCharsets.UTF_8));
      out.write("{\"id\": 1, \"text\": null}\n{\"id\": 2}\n".getBytes(StandardCharsets.UTF_8));
      out.write("{\"id\": 3, \"text\": ".getBytes(StandardCharsets.UTF_8));
      out.write(NO_UTF_8);
      out.write("}\n{\"id\": 4, \"text\": \" ?! \"}\n[5,\n".getBytes(StandardCharsets.UTF_8));
      String long10 = "{\"id\": 6, \"text\": \"" + "so bad ".repeat(TEN_MEGABYTES / 7) + "\"}\n";
      out.write(long10.getBytes(StandardCharsets.UTF_8));
      out.write("{\"id\": 7, \"text\": \"a bad film\"}\n".getBytes(StandardCharsets.UTF_8));
    }
    List<JsonNode> rows = score(input);
    List<String> reasons = rows.stream().map(row -> row.get("reason").asText()).toList();
    assertEquals(
        List.of(
            "null",
            "text is null",
            "text is null",
            "line is not valid UTF-8",
            "text has no words",
            "line is not a JSON object",
            "null",
            "null"),
        reasons);
    for (JsonNode row : rows) {
      assertEquals(row.get("reason").isNull(), row.get("probability").isNumber(), row.toString());
    }
    assertEquals(7, rows.get(7).get("id").asInt());
  }

  @Test
  void rowsWithCellsTooManyOrTooFewAreNotScoredOnTheRest() throws IOException {
    Path input = folder.resolve("ragged.csv");
    Files.writeString(input, "id,text\n1,good, film\n2\n3,a bad film\n4,good,\n");
    List<JsonNode> rows = score(input);
    assertEquals(
        List.of(true, true, false, true),
        rows.stream().map(row -> row.get("prediction").isNull()).toList());
    for (JsonNode row : rows) {
      assertEquals(row.get("reason").isNull(), row.get("probability").isNumber(), row.toString());
    }
    assertEquals("the row does not have 2 columns", rows.get(0).get("reason").asText());
  }

  @Test
  void csvKeepsTheSpacesOfCells() throws IOException {
    Path input = folder.resolve("spaces.csv");
    String rows = "id,text,note\n1,  a good film  ,\"  spaced  \"\n";
    Files.writeString(input, rows);
    Path output = folder.resolve("spaces");
    assertEquals(0, run("score", "--input", input, "--output", output, "--format", "csv"));
    try (Stream<Path> parts = Files.list(output)) {
      Path part = parts.filter(file -> file.toString().endsWith(".csv")).findFirst().orElseThrow();
      String line = Files.readAllLines(part).get(1);
      assertTrue(line.startsWith("1,  a good film  ,  spaced  ,"), line);
    }
  }

  @Test
  void aColumnThatScoringAddsIsRefusedInAnyCase() throws IOException {
    Path input = folder.resolve("case.jsonl");
    Files.writeString(input, "{\"text\": \"a good film\", \"Prediction\": 0}\n");
    fails("the input has a column 'Prediction' already", input);
  }

  /** The probability is that of class 1, as of a model with one output. */
  @Test
  void aSoftmaxOverTwoClassesGivesOneProbability() throws IOException {
    Path rows = folder.resolve("two.jsonl");
    Files.writeString(rows, TWENTY);
    Path model = folder.resolve("softmax");
    Object[] training = {
      "--input",
      rows,
      "--loss",
      "categorical_crossentropy",
      "--epochs",
      1,
      "--units",
      2,
      "--embedding-size",
      2,
      "--validation-split",
      0,
      "--model",
      model
    };
    assertEquals(0, run("train", training), errors.toString());
    Path output = folder.resolve("two.scored");
    Object[] scoring = {"--input", rows, "--output", output, "--format", "json", "--model", model};
    assertEquals(0, run("score", scoring), errors.toString());
    try (Stream<Path> parts = Files.list(output)) {
      Path part = parts.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
      JsonNode row = new ObjectMapper().readTree(Files.readAllLines(part).get(0));
      assertTrue(row.get("probability").isNumber(), row.toString());
      boolean one = row.get("probability").asDouble() > 0.5;
      assertEquals(one ? 1 : 0, row.get("prediction").asInt(), row.toString());
    }
  }

  @Test
  void scoringTellsItsRateAtTheEnd() throws IOException {
    Path input = folder.resolve("three.jsonl");
    Files.writeString(input, "{\"text\": \"a good film\"}\n".repeat(2) + "{\"text\": null}\n");
    score(input);
    String end = "3 reviews, 2 scored, 1 refused, \\d+\\.\\d s, [\\d,]+ reviews/s; written to .*";
    assertEquals(
        1, errors.toString().lines().filter(line -> line.matches(end)).count(), errors.toString());
  }

  @Test
  void badRowsAreAnErrorOrLeftOutIfSoWished() throws IOException {
    Path input = folder.resolve("invalid.jsonl");
    Files.writeString(
        input, "{\"text\": \"a good film\"}\n{\"text\": null}\n[1]\n{\"text\": null}\n");
    Path output = folder.resolve("invalid.scored");
    Object[] options = {"--input", input, "--output", output, "--format", "json"};
    assertEquals(2, run("score", with(options, "--handle-invalid", "error")));
    String err = errors.toString(StandardCharsets.UTF_8);
    assertTrue(err.contains("error: 3 of 4 rows in " + input + " cannot be scored (text is null)"));
    assertFalse(Files.exists(output));
    assertEquals(0, run("score", with(options, "--handle-invalid", "skip")));
    assertEquals(1, lines(output));
    err = errors.toString(StandardCharsets.UTF_8);
    assertTrue(err.contains("4 reviews, 1 scored, 3 refused"), err);
  }

  @Test
  void aTableOfWhichNothingIsScoredGivesAWarning() throws IOException {
    Path input = folder.resolve("nothing.jsonl");
    Files.writeString(input, "{\"text\": \"?!\"}\n{\"text\": null}\n{\"text\": \"\"}\n");
    assertEquals(3, score(input).size());
    String err = errors.toString(StandardCharsets.UTF_8);
    assertTrue(err.contains("warning: no row could be scored, most for: text has no words"), err);
  }

  private static Object[] with(Object[] options, Object... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray();
  }

  private static long lines(Path output) throws IOException {
    long lines = 0;
    try (Stream<Path> parts = Files.list(output)) {
      for (Path part : parts.filter(file -> file.toString().endsWith(".json")).toList()) {
        lines += Files.readAllLines(part).size();
      }
    }
    return lines;
  }

  @Test
  void aGzipFileCutInTheMiddleIsNamed() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(whole)) {
      for (int i = 0; i < 20_000; i++) {
        out.write(("a film " + Integer.toHexString(i * 0x9e3779b1) + "\n").getBytes("UTF-8"));
      }
    }
    for (String name : List.of("cut.csv.gz", "cut.jsonl.gz")) {
      Path input = folder.resolve(name);
      Files.write(input, Arrays.copyOf(whole.toByteArray(), whole.size() / 2));
      fails(name, input);
    }
  }

  @Test
  void aParquetFileDamagedInTheMiddleIsNamed() throws IOException {
    Path table = folder.resolve("table");
    String[] generate = {"generate", "--reviews", "20", "--output", table.toString()};
    assertEquals(0, Main.run(generate, new Environment(Path.of(""), false)), errors.toString());
    Path part;
    try (Stream<Path> parts = Files.list(table)) {
      part = parts.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(part);
    int footer = ByteBuffer.wrap(whole).order(LITTLE_ENDIAN).getInt(whole.length - 8);
    for (int from : new int[] {4, whole.length - 8 - footer}) {
      byte[] bytes = whole.clone();
      Arrays.fill(bytes, from, from + 100, (byte) 0xff);
      Path damaged = folder.resolve("damaged.parquet");
      Files.write(damaged, bytes);
      fails("damaged.parquet", damaged);
    }
  }

  @Test
  void scoringNeverReplacesItsInput() throws IOException {
    Path input = folder.resolve("precious.csv");
    Files.writeString(input, "text\na good film\n");
    assertEquals(2, run("score", "--input", input, "--output", input, "--overwrite"));
    assertTrue(errors.toString().contains("must not be the input"), errors.toString());
    assertTrue(Files.isRegularFile(input));
  }

  @Test
  void aColumnThatScoringAddsMustNotBeThere() throws IOException {
    Path input = folder.resolve("taken.csv");
    Files.writeString(input, "text,prediction\na good film,1\n");
    fails("'prediction'", input);
  }
}

package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code submit/evaluate} shows, writes and refuses. */
class EvaluateCommandTest {
  private static final String ROWS =
      """
      text,label
      a good film,1
      not a good film,0
      film,pos
      not good,neg
      ?!,1
      a film,good
      a film,7
      a film that nobody labelled,
      """;

  @TempDir private static Path folder;

  private final PrintStream console = System.err;
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @BeforeAll
  static void save() throws IOException {
    SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
    Vocabulary words = Vocabulary.of(List.of("[PAD]", "[UNK]", "good", "not", "film"));
    NetworkSpec network = NetworkSpec.binary(CellType.LSTM, words.size(), 5, 3);
    float[] parameters = new Network(network).initialParameters(5);
    TextSettings text = TextSettings.of(new Padding(4, Padding.Side.PRE, Padding.Side.PRE));
    RnnClassificationModel model =
        RnnClassificationModel.of(
            new SavedModel(network, parameters, text, words, List.of(), null));
    model.write().save(folder.resolve("model").toString());
    model.setThresholds(new double[] {1, 1e-6}).write().save(folder.resolve("eager").toString());
  }

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

  private int evaluate(String model, String rows, String... options) throws IOException {
    Path input = Files.writeString(folder.resolve("a.csv"), rows);
    Object[] arguments = {
      "evaluate",
      "--model",
      folder.resolve(model),
      "--input",
      input,
      "--metrics",
      folder.resolve("metrics.json"),
      "--master",
      "local[2]",
      "--conf",
      "spark.ui.enabled=false"
    };
    return Main.run(
        Stream.concat(Stream.of(arguments), Stream.of(options))
            .map(Object::toString)
            .toArray(String[]::new),
        new Environment(Path.of(""), false));
  }

  private void fails(String expected, String rows) throws IOException {
    Files.deleteIfExists(folder.resolve("metrics.json"));
    assertEquals(2, evaluate("model", rows), errors.toString());
    String err = errors.toString(StandardCharsets.UTF_8);
    List<String> lines = err.lines().filter(line -> line.startsWith("error: ")).toList();
    assertEquals(1, lines.size(), err);
    assertTrue(lines.get(0).contains(expected), lines.get(0));
    assertEquals("", output.toString());
    assertFalse(Files.exists(folder.resolve("metrics.json")));
  }

  @Test
  void figuresConfusionAndRefusalsAreShownAndWritten() throws IOException {
    assertEquals(0, evaluate("model", ROWS), errors.toString());
    JsonNode metrics = RoundTripProcessTest.json(folder.resolve("metrics.json"));
    JsonNode evaluation = metrics.get("evaluation");
    assertEquals(1, metrics.get("rowsUnlabelled").asInt());
    assertEquals(4, evaluation.get("rows").asInt());
    assertEquals(3, evaluation.get("rowsRefused").asInt());
    assertEquals(1, evaluation.get("refusals").get("text has no words").asInt());
    assertEquals(1, evaluation.get("refusals").get("label 'good' is unknown").asInt());
    assertEquals(1, evaluation.get("refusals").get("label 7 is outside [0, 2)").asInt());
    List<String> lines = output.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(lines.get(0).startsWith("rows 4, refused 3, accuracy "), lines.toString());
    assertTrue(lines.get(1).startsWith("confusion, "), lines.toString());
    assertEquals(
        "3 rows refused: label 'good' is unknown (1), label 7 is outside [0, 2) (1),"
            + " text has no words (1)",
        lines.get(5));
  }

  @Test
  void quietPrintsNothingThatTheMetricsHold() throws IOException {
    assertEquals(0, evaluate("model", ROWS, "--quiet"), errors.toString());
    assertEquals("", output.toString());
    assertTrue(Files.exists(folder.resolve("metrics.json")));
    assertEquals(0, evaluate("model", ROWS, "--quiet=false"), errors.toString());
    assertTrue(output.toString().contains("confusion"));
  }

  @Test
  void thresholdsOfTheModelCountAsInScoring() throws IOException {
    assertEquals(0, evaluate("eager", ROWS), errors.toString());
    JsonNode metrics = RoundTripProcessTest.json(folder.resolve("metrics.json"));
    assertEquals("[[0,2],[0,2]]", metrics.get("evaluation").get("confusion").toString());
    assertEquals(0.5, metrics.get("evaluation").get("accuracy").asDouble());
  }

  @Test
  void reviewsOfWhichNoneCanBeUsedAreAnError() throws IOException {
    fails(
        "no review of "
            + folder.resolve("a.csv")
            + " can be evaluated: label 'good' is unknown (2)",
        "text,label\na film,good\na film,good\n");
  }

  @Test
  void reviewsOfWhichNoneHasALabelAreAnError() throws IOException {
    fails(
        "column 'label' must hold labels, got none in 2 reviews; name the label column with"
            + " --label-col",
        "text,label\na film,\na film,\n");
  }
}

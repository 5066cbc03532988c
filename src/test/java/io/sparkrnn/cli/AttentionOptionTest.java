package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code --attention-col} of {@code submit/score}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttentionOptionTest {
  @TempDir private static Path folder;

  private final PrintStream console = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeAll
  void save() throws IOException {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
        .sparkContext()
        .setLogLevel("ERROR");
    for (Pooling pooling : List.of(Pooling.ATTENTION, Pooling.LAST)) {
      model(pooling).write().save(folder.resolve(pooling.name()).toString());
    }
    Files.writeString(
        folder.resolve("rows.jsonl"),
        """
        {"id": 0, "text": "not a good film at all"}
        {"id": 1, "text": null}
        {"id": 2, "text": "Film!"}
        """);
  }

  private static RnnClassificationModel model(Pooling pooling) {
    Vocabulary words = Vocabulary.of(List.of("[PAD]", "[UNK]", "good", "not", "film"));
    NetworkSpec like = NetworkSpec.binary(CellType.GRU, words.size(), 5, 3);
    NetworkSpec network =
        new NetworkSpec(like.input(), like.layers(), HeadSpec.of(pooling, 2, Activation.SOFTMAX));
    float[] parameters = new Network(network).initialParameters(5);
    TextSettings text = TextSettings.of(new Padding(4, Padding.Side.PRE, Padding.Side.POST));
    return RnnClassificationModel.of(
        new SavedModel(network, parameters, text, words, List.of(), null));
  }

  @AfterAll
  void restoreConsole() {
    System.setErr(console);
  }

  private int score(Pooling pooling, String output, Object... options) {
    errors.reset();
    Stream<Object> common =
        Stream.of("score", "--model", folder.resolve(pooling.name()), "--master", "local[2]");
    Stream<Object> files =
        Stream.of("--input", folder.resolve("rows.jsonl"), "--output", folder.resolve(output));
    String[] arguments =
        Stream.concat(Stream.concat(common, files), Stream.of(options))
            .map(Object::toString)
            .toArray(String[]::new);
    return Main.run(arguments, new Environment(Path.of(""), false));
  }

  private static List<String> lines(String output, String ending) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> parts = Files.list(folder.resolve(output))) {
      for (Path part : parts.filter(f -> f.toString().endsWith(ending)).sorted().toList()) {
        lines.addAll(Files.readAllLines(part));
      }
    }
    return lines;
  }

  @Test
  void everyWordThatIsReadHasAWeight() throws IOException {
    Object[] options = {"--attention-col", "attention", "--format", "json"};
    assertEquals(0, score(Pooling.ATTENTION, "json", options), errors.toString());
    List<String> lines = lines("json", ".json");
    int[] words = {4, -1, 1};
    for (int row = 0; row < words.length; row++) {
      JsonNode weights = new ObjectMapper().readTree(lines.get(row)).get("attention");
      assertEquals(words[row] < 0, weights.isNull(), lines.get(row));
      double sum = 0;
      for (JsonNode weight : weights) {
        sum += weight.asDouble();
      }
      assertEquals(Math.max(0, words[row]), weights.size(), lines.get(row));
      assertEquals(words[row] < 0 ? 0 : 1, sum, 1e-6, lines.get(row));
    }
  }

  @Test
  void arraysInCsvAreJson() throws IOException {
    Object[] options = {"--attention-col", "attention", "--format", "csv"};
    assertEquals(0, score(Pooling.ATTENTION, "csv", options), errors.toString());
    List<String> lines = lines("csv", ".csv");
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("2,Film!,.*,\\[1\\.0\\].*")), "" + lines);
  }

  @Test
  void aModelWithoutAttentionIsRefusedInOneLine() {
    assertEquals(2, score(Pooling.LAST, "none", "--attention-col", "attention"));
    String err = errors.toString(StandardCharsets.UTF_8);
    assertEquals(1, err.lines().filter(line -> line.startsWith("error: ")).count(), err);
    assertTrue(err.contains("pooling last"), err);
    assertEquals(2, score(Pooling.ATTENTION, "none", "--attention-col", "text"));
    assertEquals(2, score(Pooling.ATTENTION, "none", "--attention-col", "reason"));
  }
}

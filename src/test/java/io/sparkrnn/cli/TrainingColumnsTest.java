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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights and validation indicators in files whose cells are all texts. */
class TrainingColumnsTest {
  private static final String TWENTY =
      """
      text,label,weight,held
      a good film,1,1.5,false
      a bad film,0,0.5,0
      a fine film,pos,2,
      no fine film,neg, 1e0 ,False
      """
          + "not a good film,0,1,TRUE\n".repeat(4)
          + "what a good film,1,1,1\n".repeat(4)
          + "a good film or two,1,1,0\n".repeat(9);

  @TempDir private Path folder;

  private int run(ByteArrayOutputStream errors, Path input, Object... options) {
    PrintStream console = System.err;
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    Stream<Object> common =
        Stream.of("train", "--input", input, "--model", folder.resolve("model"), "--epochs", 1)
            .map(Object.class::cast);
    Stream<Object> small =
        Stream.of("--units", 2, "--master", "local[2]", "--conf", "spark.ui.enabled=false");
    Stream<Object> metrics = Stream.of("--metrics", folder.resolve("metrics.json"));
    String[] arguments =
        Stream.of(common, small, metrics, Stream.of(options))
            .flatMap(part -> part)
            .map(Object::toString)
            .toArray(String[]::new);
    try {
      return Main.run(arguments, new Environment(Path.of(""), false));
    } finally {
      System.setErr(console);
    }
  }

  private JsonNode trained(Path input, Object... options) throws IOException {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    assertEquals(0, run(errors, input, options), errors.toString());
    return RoundTripProcessTest.json(folder.resolve("metrics.json"));
  }

  private String refused(Path input, Object... options) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertEquals(2, run(bytes, input, options), bytes.toString());
    String err = bytes.toString(StandardCharsets.UTF_8);
    List<String> lines = err.lines().filter(line -> line.startsWith("error: ")).toList();
    assertEquals(1, lines.size(), err);
    return lines.get(0);
  }

  @Test
  void weightsAndIndicatorsOfDelimitedTextAreRead() throws IOException {
    Path csv = Files.writeString(folder.resolve("a.csv"), TWENTY);
    Path tsv = Files.writeString(folder.resolve("a.tsv"), TWENTY.replace(',', '\t'));
    Path json = Files.createFile(folder.resolve("a.jsonl"));
    List<String> lines = TWENTY.lines().skip(1).toList();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      boolean held = List.of("TRUE", "1").contains(cells[3]);
      String label = cells[1].replace("pos", "1").replace("neg", "0");
      Files.writeString(
          json,
          "{\"text\": \"%s\", \"label\": %s, \"weight\": %s, \"held\": %b}\n"
              .formatted(cells[0], label, cells[2].strip(), held),
          java.nio.file.StandardOpenOption.APPEND);
    }
    Object[] options = {
      "--weight-col", "weight", "--validation-indicator-col", "held", "--overwrite"
    };
    JsonNode typed = trained(json, options);
    assertEquals(8, typed.get("validation").get("rows").asInt(), typed.toString());
    assertEquals(0, typed.get("rowsRefused").asInt(), typed.toString());
    for (Path input : List.of(csv, tsv)) {
      JsonNode texts = trained(input, options);
      assertEquals(typed.get("parametersSha256"), texts.get("parametersSha256"), input.toString());
      assertEquals(typed.get("validation"), texts.get("validation"), input.toString());
    }
  }

  @Test
  void cellsThatCannotBeReadAreRefusedRows() throws IOException {
    String bad =
        """
        a film,1,heavy,0
        a film,1,-2,0
        a film,1,,0
        a film,1,1,perhaps
        """;
    Path csv = Files.writeString(folder.resolve("a.csv"), TWENTY + bad);
    JsonNode metrics =
        trained(
            csv,
            "--weight-col",
            "weight",
            "--validation-indicator-col",
            "held",
            "--max-refused-fraction",
            0.5);
    JsonNode refusals = metrics.get("refusals");
    assertEquals(4, metrics.get("rowsRefused").asInt(), refusals.toString());
    assertEquals(1, refusals.get("weight 'heavy' is no number").asInt(), refusals.toString());
    assertEquals(
        1, refusals.get("validation indicator 'perhaps' is neither true nor false").asInt());
    assertEquals(2, refusals.get("weight is null, negative or not finite").asInt());
  }

  @Test
  void columnsAreCheckedBeforeAnythingIsLearned() throws IOException {
    Path csv = Files.writeString(folder.resolve("a.csv"), TWENTY);
    String missing = refused(csv, "--weight-col", "wait");
    assertTrue(missing.contains("there is no column 'wait' in " + csv), missing);
    assertTrue(missing.contains("'held'; name the weight column with --weight-col"), missing);
    missing = refused(csv, "--validation-indicator-col", "kept");
    assertTrue(missing.contains("with --validation-indicator-col"), missing);
    Path json = folder.resolve("a.jsonl");
    Files.writeString(json, "{\"text\": \"a\", \"label\": 1, \"w\": [1], \"v\": 0.5}\n");
    String type = refused(json, "--weight-col", "w");
    assertTrue(type.contains("column 'w' must hold weights (numbers), got array<bigint>"), type);
    type = refused(json, "--validation-indicator-col", "v");
    assertTrue(type.contains("column 'v' must hold true and false, got double"), type);
  }

  @Test
  void withoutAWordOnValidationATenthIsHeldOut() throws IOException {
    StringBuilder rows = new StringBuilder("text,label\n");
    for (int i = 0; i < 200; i++) {
      rows.append("film ").append(i).append(i % 2 == 0 ? ",pos\n" : ",neg\n");
    }
    JsonNode metrics = trained(Files.writeString(folder.resolve("a.csv"), rows));
    int held = metrics.get("validation").get("rows").asInt();
    assertTrue(held > 5 && held < 40, metrics.toString());
  }
}

package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.spark.TestSpark;
import io.sparkrnn.spark.TinyTexts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A scoring whose third portion of four cannot be written for a while, on a file system without
 * locks: it goes on, and its rows are those of one that nothing happened to.
 */
class ScoreResumeTest {
  private static final int FILES = 8;
  private static final String BROKEN = "/portions/00002-";

  @TempDir private Path folder;

  private final PrintStream console = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @BeforeEach
  void prepare() throws IOException {
    TestSpark.session();
    TinyTexts.model("good", "bad").save(folder.resolve("model").toString());
    TinyTexts.model("good", "worse").save(folder.resolve("other").toString());
    TestSpark.session().stop(); // file systems are known to a new one only
    Files.createDirectory(folder.resolve("input"));
    for (int file = 0; file < FILES; file++) {
      StringBuilder rows = new StringBuilder("id,text\n");
      for (int row = 0; row < 20 + file; row++) {
        rows.append(file).append('-').append(row).append(row % 7 == 0 ? "," : ",good film");
        rows.append(row % 3 == 0 ? " bad" : "").append('\n');
      }
      Files.writeString(input(file), rows);
    }
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restoreConsole() {
    System.setErr(console);
  }

  private Path input(int file) {
    return folder.resolve("input/" + file + ".csv");
  }

  /** Scores all files in partitions of one each; returns the exit code. */
  private int score(String cores, String broken, String output, Object... more) {
    List<Object> all = new ArrayList<>(List.of("score", "--model", folder.resolve("model")));
    all.addAll(List.of("--input", folder.resolve("input"), "--format", "json"));
    all.addAll(List.of("--output", output, "--metrics", folder.resolve("metrics.json")));
    all.addAll(List.of("--master", cores, "--conf", "spark.ui.enabled=false"));
    all.addAll(List.of("--conf", "spark.sql.files.maxPartitionBytes=1"));
    all.addAll(List.of("--conf", "spark.hadoop.fs.faulty.path=" + broken));
    String name = FaultyFileSystem.class.getName();
    all.addAll(List.of("--conf", "spark.hadoop.fs.faulty.impl=" + name));
    all.addAll(List.of("--conf", "spark.hadoop.fs.faulty.impl.disable.cache=true"));
    all.addAll(List.of("--conf", "spark.hadoop.fs.faulty.kind=BREAK"));
    all.addAll(List.of("--conf", "spark.hadoop.fs.faulty.first=1"));
    all.addAll(List.of("--conf", "spark.hadoop.fs.faulty.last=1000000"));
    all.addAll(List.of(more));
    bytes.reset();
    String[] given = all.stream().map(Object::toString).toArray(String[]::new);
    return Main.run(given, new Environment(Path.of(""), false));
  }

  private String faulty(String name) {
    return "faulty:" + folder + "/" + name;
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void refused(String reason, Object... more) {
    assertEquals(2, score("local[2]", "nothing", faulty("scored"), more), said());
    List<String> errors = said().lines().filter(line -> line.startsWith("error: ")).toList();
    assertEquals(1, errors.size(), said());
    assertTrue(errors.get(0).contains(reason), said());
  }

  private List<String> rows(String output) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Stream<Path> parts = Files.list(folder.resolve(output))) {
      for (Path part : parts.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
        rows.addAll(Files.readAllLines(part));
      }
    }
    return rows;
  }

  private JsonNode metrics() throws IOException {
    JsonNode metrics = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
    return ((com.fasterxml.jackson.databind.node.ObjectNode) metrics).without("seconds");
  }

  private List<String> hidden() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(".scored"))
          .toList();
    }
  }

  private void breakOff() {
    assertEquals(1, score("local[2]", BROKEN, faulty("scored")), said());
    assertTrue(said().contains("the same command with --resume goes on"), said());
    assertTrue(said().contains("output " + faulty("scored") + " cannot be written"), said());
    assertFalse(Files.exists(folder.resolve("scored")));
  }

  @Test
  void aScoringThatWasCutOffGoesOnToTheSameRows() throws IOException {
    assertEquals(0, score("local[2]", "nothing", folder.resolve("whole").toString()), said());
    final List<String> whole = rows("whole");
    final JsonNode counts = metrics();
    assertEquals(FILES * 20 + FILES * (FILES - 1) / 2, whole.size());
    breakOff();
    refused("was left unfinished; go on with --resume, or start over with --overwrite");
    assertEquals(0, score("local[1]", "nothing", faulty("scored"), "--resume"), said());
    assertTrue(said().lines().anyMatch(line -> line.matches("going on: [2-3] of 4 .*")), said());
    assertEquals(whole, rows("scored"));
    assertEquals(counts, metrics());
    assertEquals(List.of(), hidden());
  }

  @Test
  void onlyTheSameScoringGoesOn() throws IOException {
    breakOff();
    refused("--text-col was 'text' and is 'id'", "--resume", "--text-col", "id");
    refused("--format was 'json' and is 'csv'", "--resume", "--format", "csv");
    refused("the model is another", "--resume", "--model", folder.resolve("other"));
    refused("timeZone was", "--resume", "--conf", "spark.sql.session.timeZone=Asia/Tokyo");
    FileTime time = Files.getLastModifiedTime(input(3));
    Files.setLastModifiedTime(input(3), FileTime.fromMillis(time.toMillis() + 1000));
    refused("3.csv had ", "--resume");
    Files.setLastModifiedTime(input(3), time);
    Files.copy(input(3), input(FILES));
    refused(FILES + ".csv is new", "--resume");
    Files.delete(input(FILES));
    assertEquals(0, score("local[2]", "nothing", faulty("scored"), "--resume"), said());
  }

  @Test
  void aDamagedPortionIsScoredAgain() throws IOException {
    breakOff();
    Path kept = folder.resolve(hidden().get(0));
    List<Path> parts;
    try (Stream<Path> files = Files.list(kept.resolve("table"))) {
      parts = files.filter(file -> file.toString().endsWith(".json")).toList();
    }
    Files.writeString(parts.get(0), "{}\n");
    assertEquals(0, score("local[2]", "nothing", faulty("scored"), "--resume"), said());
    final List<String> resumed = rows("scored");
    assertEquals(0, score("local[2]", "nothing", faulty("scored"), "--overwrite"), said());
    assertEquals(rows("scored"), resumed);
  }

  @Test
  void startingOverDeletesWhatWasKept() throws IOException {
    breakOff();
    assertEquals(1, hidden().size(), hidden().toString());
    assertEquals(0, score("local[2]", "nothing", faulty("scored"), "--overwrite"), said());
    assertEquals(List.of(), hidden());
    refused("exists and is not empty", "--resume");
  }
}

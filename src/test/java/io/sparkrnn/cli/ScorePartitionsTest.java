package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.spark.TestSpark;
import io.sparkrnn.spark.TinyTexts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables written as a directory for each value of columns, which Spark reads back. */
class ScorePartitionsTest {
  private static final String[] LANGUAGES = {"de", "é=/:% x", "", "en"};
  private static final int ROWS = 40;

  @TempDir private Path folder;

  private final PrintStream console = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @BeforeEach
  void prepare() throws IOException {
    TestSpark.session();
    TinyTexts.model("good", "bad").save(folder.resolve("model").toString());
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      rows.append("{\"id\":").append(i).append(",\"text\":\"good film ").append(i);
      rows.append("\",\"lang\":\"").append(LANGUAGES[i % 4]).append("\",\"year\":");
      rows.append(i % 3 == 0 ? "null" : "2000").append(",\"tags\":[1]}\n");
    }
    Files.writeString(folder.resolve("in.jsonl"), rows);
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restoreConsole() {
    System.setErr(console);
  }

  private int score(String format, String... more) {
    List<String> all = new ArrayList<>(List.of("score", "--model", folder + "/model"));
    all.addAll(List.of("--input", folder + "/in.jsonl", "--output", folder + "/scored"));
    all.addAll(List.of("--format", format, "--master", "local[2]"));
    all.addAll(List.of(more));
    return Main.run(all.toArray(String[]::new), new Environment(Path.of(""), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "csv", "json"})
  void sparkReadsThePartitionsBack(String format) throws IOException {
    assertEquals(0, score(format, "--partition-by", "lang,year"), bytes.toString());
    Dataset<Row> read =
        TestSpark.session().read().option("header", true).format(format).load(folder + "/scored");
    Set<String> found =
        read
            .selectExpr("int(id)", "lang", "year", "text", "double(probability)")
            .collectAsList()
            .stream()
            .peek(row -> assertFalse(row.isNullAt(4)))
            .map(row -> row.get(0) + "|" + row.get(1) + "|" + row.get(2) + "|" + row.get(3))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < ROWS; i++) {
      String language = LANGUAGES[i % 4].isEmpty() ? null : LANGUAGES[i % 4];
      String year = i % 3 == 0 ? "null" : "2000";
      expected.add(i + "|" + language + "|" + year + "|good film " + i);
    }
    assertEquals(expected, found);
    assertEquals(ROWS, read.count());
    try (Stream<Path> names = Files.list(folder.resolve("scored"))) {
      assertTrue(names.noneMatch(name -> name.getFileName().toString().startsWith("part-")));
    }
    assertEquals(0, score(format, "--partition-by", "year", "--overwrite"), bytes.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "stars|'stars'; the columns are 'id', 'lang', 'tags', 'text', 'year'",
        "prediction|must name columns of the input, got 'prediction'",
        "tags|got column 'tags' of array<bigint>",
        "lang,lang|names column 'lang' twice",
        "text|must not name the column of texts"
      })
  void otherColumnsAreRefusedInOneLine(String columns, String reason) {
    assertEquals(2, score("parquet", "--partition-by", columns), bytes.toString());
    List<String> errors =
        bytes
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("error: "))
            .toList();
    assertEquals(1, errors.size(), bytes.toString());
    assertTrue(errors.get(0).contains(reason), bytes.toString());
    assertFalse(Files.exists(folder.resolve("scored")));
  }

  @Test
  void everyRowGoesToItsDirectory() throws IOException {
    assertEquals(0, score("json", "--partition-by", "year"), bytes.toString());
    try (Stream<Path> parts = Files.walk(folder.resolve("scored/year=2000"))) {
      long rows =
          parts
              .filter(file -> file.toString().endsWith(".json"))
              .mapToLong(
                  file -> {
                    try (Stream<String> lines = Files.lines(file)) {
                      return lines.count();
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  })
              .sum();
      assertEquals(ROWS - (ROWS + 2) / 3, rows);
    }
  }
}

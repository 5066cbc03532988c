package io.sparkrnn.spark.input;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
  private static final SparkSession SPARK = TestSpark.session();

  @TempDir Path directory;
  private int files;

  private Dataset<Row> read(String json) throws IOException {
    Path file = Files.write(directory.resolve("f" + files++ + ".json"), json.getBytes(UTF_8));
    return new ReviewReader(SPARK, "text", "label").readUnlabelled(file.toString());
  }

  /** The rows as Spark writes them, without null. */
  private List<String> rows(String json) throws IOException {
    return read(json).toJSON().collectAsList();
  }

  private static String refused(String line) {
    return "{\"_refused\":\"" + line + "\"}";
  }

  @Test
  void allObjectsOfALineAreRows() throws IOException {
    List<String> expected = List.of("{\"text\":\"a\"}", "{\"text\":\"b\"}", "{\"text\":\"c\"}");
    assertEquals(expected, rows("{\"text\":\"a\"}{\"text\":\"b\"} \t {\"text\":\"c\"}\n"));
    assertEquals(expected, rows("{\"text\":\"a\"}\r{\"text\":\"b\"}\r\n\n{\"text\":\"c\"}"));
    assertEquals(expected, rows("[{\"text\":\"a\"},{\"text\":\"b\"}]\n{\"text\":\"c\"}\n[]\n"));
  }

  @Test
  void aLineWithAnythingElseIsRefusedOnce() throws IOException {
    String refused = refused("line is not a JSON object");
    for (String line :
        List.of(
            "{\"text\":\"b\"} x", "{\"text\":\"b\"}{\"text", "{\"text\":\"b\"},", "3", "null")) {
      assertEquals(
          List.of("{\"text\":\"a\"}", refused, "{\"text\":\"c\"}"),
          rows("{\"text\":\"a\"}\n" + line + "\n{\"text\":\"c\"}\n"));
    }
    assertEquals(
        List.of(refused, "{\"text\":\"c\"}"), rows("{\"text\":\"cut o\n{\"text\":\"c\"}\n"));
  }

  @Test
  void aLineThatCannotBeKeptWholeIsRefused() throws IOException {
    String twice = refused("an object of the line has a key twice");
    String half = refused("a string of the line has half of a surrogate pair");
    String deep = "{\"text\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}";
    assertEquals(
        List.of(
            twice,
            twice,
            twice,
            half,
            half,
            "{\"text\":\"\ud83d\ude00\"}",
            refused("line is nested too deeply or has too long a number")),
        rows(
            "{\"text\":\"a\",\"text\":\"b\"}\n"
                + "{\"text\":\"a\",\"of\":{\"x\":1,\"x\":2}}\n"
                + "{\"text\":\"a\",\"label\":\"pos\",\"label\":0}\n"
                + "{\"text\":\"a \\ud800b\"}\n{\"text\":\"a \\udc00\"}\n"
                + "{\"text\":\"\\ud83d\\ude00\"}\n"
                + deep
                + "\n"));
  }

  @Test
  void aTextOverManyLinesIsRead() throws IOException {
    List<String> expected = List.of("{\"of\":{\"x\":1},\"text\":\"a\"}", "{\"text\":\"b\"}");
    assertEquals(
        expected,
        rows("\ufeff[\n  {\"text\": \"a\",\n \"of\": {\"x\": 1}},\n  {\"text\": \"b\"}\n]\n"));
    assertEquals(
        expected, rows("{\n\"text\": \"a\",\n\"of\": {\"x\": 1}\n}\n{\n\"text\": \"b\"\n}\n"));
    assertEquals(expected, rows("[{\"text\":\"a\",\"of\":{\"x\":1}},\n{\"text\":\"b\"}\n]"));
    String many =
        IntStream.range(0, 6_000)
            .mapToObj(
                i ->
                    " {\n  \"text\": \"a review of these that has the number "
                        + i
                        + " of many\"\n }")
            .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    assertEquals(6_000, read(many + " ".repeat(1 << 22)).count());
  }

  @Test
  void valuesAreAsTheyWere() throws IOException {
    for (String value :
        List.of(
            "9007199254740993",
            "-1.5",
            "-0.0",
            "12345678901234567890123.5",
            "\"007\"",
            "{}",
            "[{},{}]",
            "[]",
            "{\"x\":[{\"y\":{}}]}",
            "true",
            "0.30000000000000004",
            "\"\\u0000 \\\\ \\\"\"")) {
      String line = "{\"a\":" + value + ",\"text\":\"t\"}";
      assertEquals(List.of(line), rows(line + "\n"));
    }
  }

  @Test
  void theSignOfZeroIsKept() throws IOException {
    assertEquals(
        List.of(
            "{\"a\":-0.0,\"text\":\"t\"}",
            "{\"a\":0.0,\"text\":\"t\"}",
            "{\"a\":3.0,\"text\":\"t\"}"),
        rows("{\"a\":-0,\"text\":\"t\"}\n{\"a\":0,\"text\":\"t\"}\n{\"a\":3,\"text\":\"t\"}\n"));
  }

  @Test
  void valuesOfSeveralKindsAreStringsAsTheyAreWritten() throws IOException {
    String json =
        """
        {"text": "t", "a": 1e400, "b": 9007199254740993, "c": {"x": 1e400}, "d": 1}
        {"text": "t", "a": 1, "b": 0.1, "c": 01, "d": 2}
        {"text": "t", "a": 1.10, "b": 0.5, "c": [1.10, {}], "d": 2.5}
        """;
    assertEquals(
        List.of(
            "{\"a\":\"1e400\",\"b\":9007199254740993.0,\"c\":\"{\\\"x\\\":1e400}\",\"d\":1.0,\"text\":\"t\"}",
            refused("line is not a JSON object"),
            "{\"a\":\"1.10\",\"b\":0.5,\"c\":\"[1.10,{}]\",\"d\":2.5,\"text\":\"t\"}"),
        rows(json));
  }

  @Test
  void linesOfLargeFilesAreAllReadOnceInOrder() throws IOException {
    StringBuilder json = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String line = "{\"text\":\"" + "a number ".repeat(i % 9 + 45) + i + "\"}";
      json.append(line).append(i % 3 == 0 ? "\r\n" : "\n");
      expected.add(line);
    }
    Dataset<Row> rows = read(json.toString());
    assertEquals(2, rows.rdd().getNumPartitions());
    assertEquals(expected, rows.toJSON().collectAsList());
  }

  @Test
  void otherEncodingsAndFilesWithoutObjectsAreNamed() throws IOException {
    Path file = directory.resolve("u.jsonl");
    Files.write(file, "{\"text\": \"a\"}\n".getBytes(UTF_16LE));
    ReviewReader reader = new ReviewReader(SPARK, "text", "label");
    String message =
        assertThrows(InputException.class, () -> reader.readUnlabelled(file.toString()))
            .getMessage();
    assertTrue(message.contains("u.jsonl is in UTF-16"), message);
    message = assertThrows(InputException.class, () -> read("{\n\"text\": \"a\",\n")).getMessage();
    assertTrue(message.contains("one object a line"), message);
  }
}

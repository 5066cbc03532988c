package io.sparkrnn.spark.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Running text becomes rows of which nothing is lost. */
class TextFilesTest {
  @TempDir private Path folder;

  private static List<Row> read(Path path) {
    return new ReviewReader(TestSpark.session(), "text", "label")
        .readTexts(path.toString())
        .collectAsList();
  }

  private static String joined(List<Row> rows) {
    return rows.stream().map(row -> row.<String>getAs("text")).collect(Collectors.joining());
  }

  @Test
  void thePiecesOfAFileAreTheFile() throws IOException {
    StringBuilder text = new StringBuilder("\ufeffbegin\r\n");
    for (int line = 0; text.length() < 100_000; line++) {
      text.append("line ").append(line).append(line % 7 == 0 ? "\n\n" : " \u00e9\n");
    }
    text.append("no end of line \ud83d\ude00".repeat(9000));
    Path file = Files.writeString(folder.resolve("a.txt"), text);
    List<Row> rows = read(file);
    assertEquals(text.toString(), joined(rows));
    assertTrue(rows.size() > 6, rows.size() + " rows");
    for (int piece = 0; piece < rows.size(); piece++) {
      String part = rows.get(piece).getAs("text");
      assertEquals(piece, rows.get(piece).<Integer>getAs("piece"));
      assertTrue(part.length() <= 4 << 14 && !Character.isHighSurrogate(last(part)));
      assertTrue(part.length() > 1 << 14 ? part.length() < 1 << 17 : piece == rows.size() - 1);
    }
    assertTrue(rows.get(0).<String>getAs("text").endsWith("\n"));
  }

  private static char last(String text) {
    return text.charAt(text.length() - 1);
  }

  @Test
  void directoriesAndPackedFilesAreReadAndBrokenOnesRefused() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "first\n");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("second\n".getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve("b.txt.gz"), packed.toByteArray());
    Files.write(folder.resolve("c.txt"), new byte[] {'x', (byte) 0xff});
    List<Row> rows = read(folder);
    assertEquals(
        List.of("first\n", "second\n"),
        rows.subList(0, 2).stream().map(row -> row.<String>getAs("text")).toList());
    assertEquals("text is not valid UTF-8", rows.get(2).getAs(ReviewReader.REFUSED_COL));
  }

  @Test
  void aTextHasNoLabel() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "first\n");
    InputException refused =
        assertThrows(
            InputException.class,
            () -> new ReviewReader(TestSpark.session(), "text", "label").read(file.toString()));
    assertTrue(refused.getMessage().startsWith("there is no column 'label'"));
  }
}

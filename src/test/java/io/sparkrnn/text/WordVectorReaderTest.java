package io.sparkrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class WordVectorReaderTest {
  private static final String GLOVE =
      """
      the 0.418 -1e-3 0.5
      film 1 2 3
      été 4 5 6.25
      . . . 7 8 9
      """;
  private static final String WORD2VEC = "3 3\n</s> 0 0 0 \nfilm 1 2 3 \nété 4 5 6.25 \n";

  private final Vocabulary vocabulary = Vocabulary.ofWords(List.of("film", "bad", "été"));
  private final float[] table = new float[4 + 5 * 3];

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  private BitSet read(byte[] file) throws IOException {
    InputStream in = new ByteArrayInputStream(file);
    return new WordVectorReader("v.txt", 3).read(in, vocabulary, table, 4);
  }

  private String message(String file) {
    return assertThrows(IllegalArgumentException.class, () -> read(bytes(file))).getMessage();
  }

  private void assertRead(byte[] file) throws IOException {
    Arrays.fill(table, -7);
    assertEquals("{2, 4}", read(file).toString());
    float o = -7;
    assertArrayEquals(
        new float[] {o, o, o, o, o, o, o, o, o, o, 1, 2, 3, o, o, o, 4, 5, 6.25f}, table);
  }

  @Test
  void gloveFilesHaveNoHeader() throws IOException {
    assertRead(bytes(GLOVE));
  }

  @Test
  void word2vecAndFastTextFilesHaveAHeaderAndSpacesAtTheEnd() throws IOException {
    assertRead(bytes(WORD2VEC));
  }

  @Test
  void gzipIsFoundByItsFirstBytes() throws IOException {
    assertRead(gzip(bytes(GLOVE)));
  }

  @Test
  void gzipMayHaveMembersThatComeOneByOne() throws IOException {
    int half = GLOVE.indexOf('\n') + 1;
    InputStream members =
        new SequenceInputStream(
            new ByteArrayInputStream(gzip(bytes(GLOVE.substring(0, half)))),
            new ByteArrayInputStream(gzip(bytes(GLOVE.substring(half)))));
    BitSet found = new WordVectorReader("v.gz", 3).read(members, vocabulary, table, 4);
    assertEquals("{2, 4}", found.toString());
  }

  @Test
  void otherLineEndsSeparatorsAndBlankLinesDoNotMatter() throws IOException {
    assertRead(bytes(GLOVE.replace("\n", "\r\n").replace(" ", "\t")));
    assertRead(bytes("\n" + GLOVE.strip().replace("\n", "\n\n")));
    assertRead(bytes(" 1 2 3\n" + GLOVE));
  }

  @Test
  void whatUnicodeTakesForALineEndDoesNotEndALine() throws IOException {
    assertRead(bytes("a\u0085b\u2028c 1 1 1\n" + GLOVE));
  }

  @Test
  void longFilesCrossAllBuffers() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      lines.append("word").append(i).append(" 0.25 -0.5 0.125\n");
    }
    assertRead(bytes(lines + GLOVE));
  }

  @Test
  void anotherWidthNamesTheOneToUse() {
    String expected = "embeddingSize must be 2, the width of the vectors in v.txt, got 3";
    assertEquals(expected, message("the 1 2\nfilm 3 4\n"));
    assertEquals(expected, message("9 2\nthe 1 2\n"));
    assertEquals(
        "embeddingSize must be 5, the width of the vectors in v.txt, got 3",
        message("the 1 2 3 4 5\n"));
    byte[] other = bytes("the 1 2 3 4 5\n");
    assertThrows(
        IllegalArgumentException.class,
        () -> new WordVectorReader("v.txt", 3).check(new ByteArrayInputStream(other)));
  }

  @Test
  void aNumberThatIsNoneIsNamedWithItsLine() {
    for (String bad : List.of("x", "NaN", "Infinity", "1e99", "0x1p3", "1f", "1.2.3", "--1")) {
      assertEquals(
          "line 2 of v.txt must have finite numbers, got '" + bad + "'",
          message("the 1 2 3\nfilm 1 " + bad + " 3\n"));
    }
  }

  @Test
  void aLineThatIsTooShortOrTooLongIsNamed() {
    String rule = "line 2 of v.txt must have a word and 3 numbers, got ";
    assertEquals(rule + "2 numbers", message("the 1 2 3\nfilm 1 2\n"));
    assertEquals(rule + "0 numbers", message("the 1 2 3\nfilm"));
    assertEquals(rule + "more", message("the 1 2 3\nfilm 1 2 3 4\n"));
  }

  @Test
  void aWordThatComesTwiceIsNamedWithBothLines() {
    assertEquals(
        "line 4 of v.txt must have a new word, got 'film' of line 2 again",
        message("the 1 2 3\nfilm 1 2 3\nthe 1 2 3\nfilm 3 2 1\n"));
  }

  @Test
  void aFileThatEndsTooEarlyIsRefused() throws IOException {
    assertEquals(
        "v.txt must hold 3 vectors, got 2; the file is truncated",
        message("3 3\nthe 1 2 3\nfilm 1 2 3\n"));
    assertEquals("v.txt must hold word vectors, got 0; the file is truncated", message(""));
    byte[] gzip = gzip(bytes(GLOVE));
    assertThrows(EOFException.class, () -> read(Arrays.copyOf(gzip, gzip.length - 12)));
  }

  @Test
  void binaryFilesAndArchivesAreRecognized() {
    assertEquals("v.txt must be text or gzip, got a zip archive", message("PK\u0003\u0004..."));
    assertTrue(message("3 3\nfilm \u0001\u0000\u0002\n").endsWith("binary, convert it to text"));
    assertEquals(
        "line 1 must have at most 1048576 bytes, got more in v.txt; is it text?",
        message("x".repeat(1 << 21)));
  }
}

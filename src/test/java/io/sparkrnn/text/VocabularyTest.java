package io.sparkrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private final Vocabulary vocabulary = Vocabulary.ofWords(List.of("the", "caf\u00e9", "don't"));

  @Test
  void idsFollowTheOrderOfWords() {
    assertEquals(5, vocabulary.size());
    assertEquals(2, vocabulary.id("the"));
    assertEquals("don't", vocabulary.token(4));
    assertEquals(List.of("[PAD]", "[UNK]", "the", "caf\u00e9", "don't"), vocabulary.tokens());
    assertEquals(vocabulary, Vocabulary.of(vocabulary.tokens()));
  }

  @Test
  void everythingElseIsUnknownAndNothingIsPadding() {
    assertEquals(1, vocabulary.id("nowhere"));
    assertEquals(1, vocabulary.id(null));
    assertEquals(1, vocabulary.id("[PAD]"));
    assertEquals(1, vocabulary.id("[UNK]"));
  }

  @Test
  void theFileFormIsOneTokenALine() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    vocabulary.write(out);
    assertEquals("[PAD]\n[UNK]\nthe\ncaf\u00e9\ndon't\n", out.toString(StandardCharsets.UTF_8));
    assertEquals(vocabulary, read(out.toByteArray()));
  }

  @Test
  void brokenFilesAreRefused() {
    assertRefused("[PAD]\n[UNK]\nthe", "truncated");
    assertRefused("", "truncated");
    assertRefused("the\na\n", "must begin with [PAD] and [UNK]");
    assertRefused("[PAD]\n[UNK]\nthe\n\n", "token '' with id 3");
    assertRefused("[PAD]\n[UNK]\nthe\nthe\n", "token 'the' has two ids, 2 and 3");
    assertRefused("[PAD]\n[UNK]\nthe\r\n", "cannot stand");
    byte[] latin1 = "[PAD]\n[UNK]\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertTrue(assertThrows(IOException.class, () -> read(latin1)).getMessage().contains("UTF-8"));
  }

  @Test
  void theLongestTokenComesBackAndALongerOneIsNotAdmitted() throws IOException {
    String longest = "\u20ac".repeat(Vocabulary.MAX_TOKEN_LENGTH);
    Vocabulary one = Vocabulary.ofWords(List.of(longest));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    one.write(out);
    assertEquals(one, read(out.toByteArray()));
    assertFalse(Vocabulary.admits(longest + "a"));
  }

  /** A line that never ends is given up at the length of the longest token. */
  @Test
  void nothingIsKeptOfALineThatIsTooLong() {
    long[] left = {1L << 40};
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            left[0]--;
            return 'a';
          }
        };
    String message = assertThrows(IOException.class, () -> Vocabulary.read(endless)).getMessage();
    assertEquals("line 1 of the vocabulary must have at most 196605 bytes, and has more", message);
    assertTrue((1L << 40) - left[0] < 1 << 18);
  }

  @Test
  void aLargerVocabularyThanThereIsRoomForIsRefused() throws IOException {
    byte[] file = "[PAD]\n[UNK]\na\nb\n".getBytes(StandardCharsets.UTF_8);
    assertEquals(4, Vocabulary.read(new ByteArrayInputStream(file), 4).size());
    String message =
        assertThrows(IOException.class, () -> Vocabulary.read(new ByteArrayInputStream(file), 3))
            .getMessage();
    assertEquals("the vocabulary must have at most 3 tokens, and has more", message);
  }

  @Test
  void tokensThatWouldBreakTheFileAreNotAdmitted() {
    for (String token :
        List.of("", "a\nb", "\r", "a\u2028", "\u0085", "[PAD]", "[UNK]", "\ud800")) {
      assertFalse(Vocabulary.admits(token), token);
      assertThrows(IllegalArgumentException.class, () -> Vocabulary.ofWords(List.of(token)));
    }
    assertFalse(Vocabulary.admits(null));
    assertTrue(Vocabulary.admits("two words"));
    assertTrue(Vocabulary.admits("\ud83d\ude00"));
  }

  @Test
  void survivesSerialization() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(vocabulary);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Vocabulary copy = (Vocabulary) in.readObject();
      assertEquals(vocabulary, copy);
      assertEquals(3, copy.id("caf\u00e9"));
    }
  }

  private static Vocabulary read(byte[] bytes) throws IOException {
    return Vocabulary.read(new ByteArrayInputStream(bytes));
  }

  private static void assertRefused(String file, String reason) {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    String message = assertThrows(IOException.class, () -> read(bytes)).getMessage();
    assertTrue(message.contains(reason), message);
  }
}

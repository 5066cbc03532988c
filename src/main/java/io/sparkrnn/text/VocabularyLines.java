package io.sparkrnn.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of a vocabulary's file, read one at a time: whatever the file holds, no more of it is
 * kept than the tokens before the first line that can be none.
 */
final class VocabularyLines {
  /** A UTF-16 unit takes three bytes of UTF-8 at most. */
  private static final int MAX_BYTES = 3 * Vocabulary.MAX_TOKEN_LENGTH;

  private static final int CHUNK = 1 << 13;

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final List<String> tokens = new ArrayList<>();
  private final int most;
  private byte[] line = new byte[64];
  private int length;

  private VocabularyLines(int most) {
    this.most = most;
  }

  /**
   * Reads lines to the end of a stream, which stays open.
   *
   * @param most how many there may be
   * @throws IOException when the stream fails, a line is too long or no UTF-8, the last one has no
   *     end, or there are more
   */
  static String[] read(InputStream in, int most) throws IOException {
    VocabularyLines lines = new VocabularyLines(most);
    byte[] chunk = new byte[CHUNK];
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      for (int i = 0; i < count; i++) {
        lines.add(chunk[i]);
      }
    }
    if (lines.length > 0 || lines.tokens.isEmpty()) {
      throw new IOException("the vocabulary is truncated: its last line has no end");
    }
    return lines.tokens.toArray(new String[0]);
  }

  private void add(byte b) throws IOException {
    if (b == '\n') {
      end();
      return;
    }
    if (length == MAX_BYTES) {
      throw new IOException(
          "line %d of the vocabulary must have at most %d bytes, and has more"
              .formatted(tokens.size() + 1, MAX_BYTES));
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, Math.min(MAX_BYTES, 2 * length));
    }
    line[length++] = b;
  }

  private void end() throws IOException {
    if (tokens.size() == most) {
      throw new IOException(
          "the vocabulary must have at most %d tokens, and has more".formatted(most));
    }
    try {
      tokens.add(decoder.decode(ByteBuffer.wrap(line, 0, length)).toString());
    } catch (CharacterCodingException e) {
      throw new IOException("the vocabulary is not valid UTF-8", e);
    }
    length = 0;
  }
}

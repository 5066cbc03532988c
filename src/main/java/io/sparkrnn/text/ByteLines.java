package io.sparkrnn.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a stream as bytes in one reused buffer. Line feeds end lines and nothing else does,
 * since words of other people's files contain whatever Unicode takes for a line's end.
 */
final class ByteLines {
  /** Longest line; a file without line feeds is no text, and must not fill the memory. */
  static final int MAX_LENGTH = 1 << 20;

  private final InputStream in;
  private final byte[] chunk = new byte[1 << 16];
  private byte[] line = new byte[1 << 12];
  private int next;
  private int end;
  private int length;
  private int number;

  ByteLines(InputStream in) {
    this.in = in;
  }

  /**
   * Reads a line.
   *
   * @return whether there was one
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if the line is too long
   */
  boolean advance() throws IOException {
    length = 0;
    number++;
    while (true) {
      if (next == end && !fill()) {
        return length > 0;
      }
      int feed = next;
      while (feed < end && chunk[feed] != '\n') {
        feed++;
      }
      append(next, feed);
      next = Math.min(end, feed + 1);
      if (feed < end) {
        return true;
      }
    }
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(chunk));
    return end > 0;
  }

  private void append(int from, int to) {
    int longer = length + to - from;
    if (longer > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "line " + number + " must have at most " + MAX_LENGTH + " bytes, got more");
    }
    if (longer > line.length) {
      line = Arrays.copyOf(line, Math.max(longer, 2 * line.length));
    }
    System.arraycopy(chunk, from, line, length, to - from);
    length = longer;
  }

  /** Returns the line's bytes, the first length() of them, valid until the next line. */
  byte[] bytes() {
    return line;
  }

  /** Returns the number of bytes without the line feed. */
  int length() {
    return length;
  }

  /** Returns the line's number, from 1. */
  int number() {
    return number;
  }
}

package io.sparkrnn.text;

import java.io.IOException;
import java.io.InputStream;

/** One pass over the vectors of a file, which is checked on the way. */
final class VectorFile {
  private final String name;
  private final int width;
  private final ByteLines lines;
  private final VectorLine line = new VectorLine();
  private String word;
  private long expected = -1;
  private long vectors;

  VectorFile(InputStream in, String name, int width) {
    this.name = name;
    this.width = width;
    lines = new ByteLines(in);
  }

  /**
   * Goes to the next vector.
   *
   * @return whether there is one
   * @throws IllegalArgumentException if the line is damaged, or the file ends too early
   */
  boolean advance() throws IOException {
    while (advanceLine()) {
      boolean first = vectors == 0 && expected < 0;
      line.take(lines, width);
      if (line.fields() > 0 && !(first && isHeader())) {
        if (first) {
          checkFirst();
        }
        vectors++;
        check();
        return true;
      }
    }
    checkEnd();
    return false;
  }

  private boolean advanceLine() throws IOException {
    try {
      return lines.advance();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + " in " + name + "; is it text?", e);
    }
  }

  /** Takes the line as a header if it is one. */
  private boolean isHeader() {
    VectorLine header = new VectorLine();
    header.take(lines, 3);
    if (header.fields() != 2 || header.whole(0) < 0 || header.whole(1) < 0) {
      return false;
    }
    checkWidth(header.whole(0));
    expected = header.whole(1);
    return true;
  }

  /** A first vector of another width is that of a file for another embedding. */
  private void checkFirst() {
    VectorLine whole = new VectorLine();
    whole.take(lines, lines.length());
    int most = whole.fields() - (whole.startsWithSeparator() ? 0 : 1);
    int numbers = 0;
    while (numbers < most && !Float.isNaN(whole.number(numbers))) {
      numbers++;
    }
    if (numbers > 0) {
      checkWidth(numbers);
    }
  }

  private void checkWidth(long columns) {
    if (columns != width) {
      throw new IllegalArgumentException(
          "embeddingSize must be %d, the width of the vectors in %s, got %d"
              .formatted(columns, name, width));
    }
  }

  private void check() {
    word = line.rest();
    // a word without characters leaves a separator where it was: no defect
    if (line.fields() < width || (word.isEmpty() && !line.startsWithSeparator())) {
      throw wrong(expectation() + (line.fields() - 1) + " numbers" + hint());
    }
    if (word.indexOf(' ') >= 0 || word.indexOf('\t') >= 0) {
      VectorLine longer = new VectorLine();
      longer.take(lines, width + 1);
      if (!Float.isNaN(longer.number(width))) {
        throw wrong(expectation() + "more");
      }
    }
  }

  private String expectation() {
    return "must have a word and " + width + " numbers, got ";
  }

  private String hint() {
    for (int i = 0; i < lines.length(); i++) {
      if (lines.bytes()[i] >= 0 && lines.bytes()[i] < '\t') {
        return "; the file seems to be binary, convert it to text";
      }
    }
    return "";
  }

  private void checkEnd() {
    if (vectors == 0 || vectors < expected) {
      throw new IllegalArgumentException(
          "%s must hold %s vectors, got %d; the file is truncated"
              .formatted(name, expected < 0 ? "word" : expected, vectors));
    }
  }

  /** Returns the word of the current vector; empty for a word without characters. */
  String word() {
    return word;
  }

  /** Returns the number of the current line, from 1. */
  int lineNumber() {
    return lines.number();
  }

  /** Copies the current vector to {@code to}, from {@code offset} on. */
  void copy(float[] to, int offset) {
    for (int i = 0; i < width; i++) {
      float value = line.number(width - 1 - i);
      if (Float.isNaN(value)) {
        throw wrong("must have finite numbers, got '" + line.fromEnd(width - 1 - i) + "'");
      }
      to[offset + i] = value;
    }
  }

  /** Returns an exception that names line and file. */
  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("line " + lines.number() + " of " + name + " " + what);
  }
}

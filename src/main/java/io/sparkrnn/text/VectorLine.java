package io.sparkrnn.text;

import java.nio.charset.StandardCharsets;

/**
 * A line of a file of word vectors: a word, then numbers, separated by spaces or tabs. Scratch,
 * reused from line to line.
 *
 * <p>Cut from its end, since there are words with spaces in files that people use.
 */
final class VectorLine {
  private byte[] bytes;
  private int rest;
  private int[] starts = new int[0];
  private int[] ends = new int[0];
  private int fields;

  /** Finds the last fields of a line, {@code most} at most. */
  void take(ByteLines lines, int most) {
    bytes = lines.bytes();
    if (starts.length < most) {
      starts = new int[most];
      ends = new int[most];
    }
    fields = 0;
    rest = skipSeparators(lines.length());
    while (rest > 0 && fields < most) {
      int start = rest;
      while (start > 0 && !separates(bytes[start - 1])) {
        start--;
      }
      starts[fields] = start;
      ends[fields++] = rest;
      rest = skipSeparators(start);
    }
  }

  private int skipSeparators(int end) {
    int last = end;
    while (last > 0 && separates(bytes[last - 1])) {
      last--;
    }
    return last;
  }

  private static boolean separates(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  /** Returns how many fields there are, at most as many as were asked for. */
  int fields() {
    return fields;
  }

  /** Returns field {@code i}, counted from the end of the line. */
  String fromEnd(int i) {
    return text(starts[i], ends[i]);
  }

  /** Returns the number in field {@code i}, counted from the end; NaN when it is no finite one. */
  float number(int i) {
    for (int at = starts[i]; at < ends[i]; at++) {
      byte b = bytes[at];
      boolean digit = b >= '0' && b <= '9';
      if (!digit && b != '.' && b != '-' && b != '+' && b != 'e' && b != 'E') {
        return Float.NaN;
      }
    }
    try {
      float value = Float.parseFloat(fromEnd(i));
      return Float.isInfinite(value) ? Float.NaN : value;
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  /** Returns the whole number in field {@code i}, counted from the end; -1 when it is none. */
  long whole(int i) {
    String text = fromEnd(i);
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
  }

  /** Returns what stands before the fields, empty when nothing does. */
  String rest() {
    return text(0, rest);
  }

  /** Returns whether a separator is the first character. */
  boolean startsWithSeparator() {
    return separates(bytes[0]);
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}

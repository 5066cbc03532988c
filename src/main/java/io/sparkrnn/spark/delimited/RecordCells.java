package io.sparkrnn.spark.delimited;

import io.sparkrnn.spark.files.ByteWindow;
import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;

/** Where the cells of a delimited record are, and how each is written. Owned by one thread. */
final class RecordCells {
  /** Without quotes. */
  static final byte PLAIN = 0;

  /** In quotes. */
  static final byte QUOTED = 1;

  /** In quotes, with some of them in it. */
  static final byte ESCAPED = 2;

  private final ByteWindow window;
  private final Dialect dialect;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private byte[] kinds = new byte[16];
  private int size;

  /** Creates the cells of the records of a window; there are none yet. */
  RecordCells(ByteWindow window, Dialect dialect) {
    this.window = window;
    this.dialect = dialect;
  }

  /** Begins another record. */
  void clear() {
    size = 0;
  }

  /** Adds a cell, from one position of the record up to another. */
  void add(int start, int end, byte kind) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
      kinds = Arrays.copyOf(kinds, 2 * size);
    }
    starts[size] = start;
    ends[size] = end;
    kinds[size++] = kind;
  }

  /** The number of cells. */
  int size() {
    return size;
  }

  /** A cell's text, which is valid until the next record; null when nothing stands there. */
  UTF8String text(int cell) {
    int start = window.from() + starts[cell];
    int bytes = ends[cell] - starts[cell];
    if (kinds[cell] == ESCAPED) {
      return unescaped(start, start + bytes);
    }
    boolean nothing = bytes == 0 && kinds[cell] == PLAIN;
    return nothing ? null : UTF8String.fromBytes(window.buffer(), start, bytes);
  }

  private UTF8String unescaped(int start, int end) {
    byte[] from = window.buffer();
    byte[] to = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      boolean before = from[i + 1] == '"' || from[i + 1] == '\\';
      boolean escape = from[i] == '\\' && before && dialect == Dialect.BACKSLASH;
      i += from[i] == '"' || escape ? 1 : 0;
      to[length++] = from[i];
    }
    return UTF8String.fromBytes(to, 0, length);
  }

  /** Whether a cell that was read without quotes stands in some. */
  boolean hasQuotes() {
    byte[] bytes = window.buffer();
    for (int i = 0; i < size; i++) {
      int start = window.from() + starts[i];
      int last = window.from() + ends[i] - 1;
      if (kinds[i] == PLAIN && last > start && bytes[start] == '"' && bytes[last] == '"') {
        return true;
      }
    }
    return false;
  }
}

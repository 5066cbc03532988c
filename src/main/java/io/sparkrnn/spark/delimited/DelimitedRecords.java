package io.sparkrnn.spark.delimited;

import io.sparkrnn.spark.files.ByteWindow;
import java.io.Closeable;
import java.io.IOException;

/**
 * Splits a delimited text into records and cells, strictly: what does not fit the dialect is a
 * fault of one line, and reading goes on at the next, so no quote swallows rows.
 *
 * <p>Lines end with a line feed, and carriage returns before it go. Blank lines are none. A quote
 * that does not begin a cell is a character like others, except in lines after one with a fault,
 * which may be the rest of its cell.
 *
 * <p>Cells are bytes: what nobody reads stays as it is. Owned by one thread.
 */
final class DelimitedRecords implements Closeable {
  /** No cell is longer: a quote that is not closed must not read a file into memory. */
  static final int MAX_RECORD_BYTES = 1 << 27;

  private static final int FAULT = -1;

  private final ByteWindow window;
  private final byte separator;
  private final Dialect dialect;
  private int columns;
  private final RecordCells cells;
  private int length;
  private int breaks;
  private long line;
  private String fault;
  private boolean strict;

  /**
   * Begins at a record.
   *
   * @param line number of the line, from 1
   * @param columns how many cells a record has; 0 for as many as the first
   */
  DelimitedRecords(ByteWindow window, long line, char separator, Dialect dialect, int columns) {
    this.window = window;
    this.line = line;
    this.separator = (byte) separator;
    this.dialect = dialect;
    this.columns = columns;
    cells = new RecordCells(window, dialect);
  }

  /** Goes to the next record; whether there is one. */
  boolean next() throws IOException {
    window.advance(length);
    line += breaks;
    skipBlankLines();
    length = 0;
    breaks = 0;
    fault = null;
    if (window.at(0) < 0) {
      cells.clear();
      return false;
    }
    read();
    if (fault == null && columns == 0) {
      columns = cells.size();
    } else if (fault == null && cells.size() != columns) {
      if (breaks > 1) {
        refuseLine("its row does not have " + columns + " columns");
      } else {
        fault = "the row does not have " + columns + " columns";
      }
    } else if (fault == null) {
      strict = false;
    }
    return true;
  }

  private void skipBlankLines() throws IOException {
    while (true) {
      int end = 0;
      while (window.at(end) == '\r') {
        end++;
      }
      if (window.at(end) != '\n') {
        return;
      }
      window.advance(end + 1);
      line++;
    }
  }

  private void read() throws IOException {
    cells.clear();
    int p = 0;
    while (true) {
      boolean quoted = dialect != Dialect.NONE && window.at(p) == '"';
      p = quoted ? quoted(p) : plain(p, strict);
      if (p == FAULT) {
        refuseLine(fault);
        return;
      }
      int end = window.at(p);
      if (end != separator) {
        length = end < 0 ? p : p + 1;
        breaks++;
        return;
      }
      p++;
    }
  }

  /** Reads a cell up to the next separator or line end, whose position it returns. */
  private int plain(int start, boolean strict) throws IOException {
    int p = start;
    while (true) {
      byte[] bytes = window.buffer();
      int from = window.from();
      int stop = from + window.available();
      int i = from + p;
      while (i < stop && bytes[i] != separator && bytes[i] != '\n') {
        i++;
      }
      p = i - from;
      if (i < stop || !window.fill()) {
        break;
      }
    }
    int end = p;
    while (window.at(p) != separator && end > start && window.at(end - 1) == '\r') {
      end--;
    }
    if (strict && contains(start, end, (byte) '"')) {
      fault = "a quote stands in a cell without quotes";
      return FAULT;
    }
    cells.add(start, end, RecordCells.PLAIN);
    return p;
  }

  /** Reads a cell in quotes and returns the position of the separator or line end after it. */
  private int quoted(int start) throws IOException {
    byte kind = RecordCells.QUOTED;
    int p = start + 1;
    while (true) {
      p = special(p);
      int found = window.at(p);
      if (found < 0 || p > MAX_RECORD_BYTES) {
        fault = "a quote is not closed";
        return FAULT;
      } else if (found == '\n') {
        breaks++;
        p++;
      } else if (found == '\\') {
        kind = RecordCells.ESCAPED;
        p += window.at(p + 1) == '\n' ? 1 : 2;
      } else if (window.at(p + 1) == '"') {
        kind = RecordCells.ESCAPED;
        p += 2;
      } else {
        break;
      }
    }
    cells.add(start + 1, p, kind);
    return afterQuote(p + 1);
  }

  /** Returns where the next byte stands that means something in a cell in quotes. */
  private int special(int start) throws IOException {
    byte escape = dialect == Dialect.BACKSLASH ? (byte) '\\' : (byte) '"';
    int p = start;
    while (true) {
      byte[] bytes = window.buffer();
      int from = window.from();
      int stop = from + window.available();
      int i = from + p;
      while (i < stop && bytes[i] != '"' && bytes[i] != '\n' && bytes[i] != escape) {
        i++;
      }
      p = i - from;
      if (i < stop || p > MAX_RECORD_BYTES || !window.fill()) {
        return p;
      }
    }
  }

  private int afterQuote(int start) throws IOException {
    int p = start;
    while (window.at(p) == '\r') {
      p++;
    }
    int after = window.at(p);
    if (after < 0 || after == '\n' || p == start && after == separator) {
      return p;
    }
    fault = "something follows a quote that ends a cell";
    return FAULT;
  }

  /** Makes the first line a record with a fault, its cells as they stand there. */
  private void refuseLine(String reason) throws IOException {
    cells.clear();
    int p = plain(0, false);
    while (window.at(p) == separator) {
      p = plain(p + 1, false);
    }
    length = window.at(p) < 0 ? p : p + 1;
    breaks = 1;
    fault = "line %d does not fit: %s".formatted(line, reason);
    strict = true;
  }

  /** The cells of the record. */
  RecordCells cells() {
    return cells;
  }

  /** Why the record cannot be used, or null. */
  String fault() {
    return fault;
  }

  /** Says whether the next record comes after one with a fault. */
  void startStrict(boolean after) {
    strict = after;
  }

  /** Whether the next record comes after one with a fault. */
  boolean isStrict() {
    return strict;
  }

  /** How many cells a record has, 0 when that is not known yet. */
  int columns() {
    return columns;
  }

  /** Where the record begins in the file. */
  long offset() {
    return window.offset();
  }

  /** The number of the record's first line. */
  long line() {
    return line;
  }

  /**
   * The number of lines of a record of several, when each has as many separators as a record: they
   * may be as many records. Otherwise 0.
   */
  int wholeLines() {
    if (breaks == 1 || columns == 1) {
      return 0;
    }
    int wanted = columns - 1;
    int found = 0;
    byte[] bytes = window.buffer();
    int end = window.from() + length;
    for (int i = window.from(); i < end; i++) {
      found += bytes[i] == separator ? 1 : 0;
      if (bytes[i] == '\n' || i == end - 1) {
        if (found != wanted) {
          return 0;
        }
        found = 0;
      }
    }
    return breaks;
  }

  @Override
  public void close() throws IOException {
    window.close();
  }

  private boolean contains(int start, int end, byte wanted) {
    for (int i = window.from() + start; i < window.from() + end; i++) {
      if (window.buffer()[i] == wanted) {
        return true;
      }
    }
    return false;
  }
}

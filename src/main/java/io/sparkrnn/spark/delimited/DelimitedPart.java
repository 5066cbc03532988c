package io.sparkrnn.spark.delimited;

import io.sparkrnn.spark.files.ByteWindow;
import io.sparkrnn.spark.files.FileSlice;
import io.sparkrnn.spark.files.TextInput;
import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * What a reading by one dialect has found in a part of a delimited file; what parts have found that
 * follow one another adds up to what a reading of all finds.
 *
 * @param start where its first record begins, in bytes
 * @param end where the record begins that is no more part of it
 * @param line number of its first line, as it counts them
 * @param endLine number of the line at its end
 * @param strict whether the record at its end comes after one with a fault
 * @param columns how many cells a record has, 0 when that is not known
 * @param header the cells of the file's first record, none in other parts
 * @param records how many there are after the header
 * @param bad lines that do not fit
 * @param quoted records with cells in quotes that mean nothing
 * @param doubtful lines of the first record that may be as many records, 0 without one
 * @param doubtfulLine the first of them
 * @param slices where records begin that begin a slice, and their lines; none of them comes after
 *     one with a fault, unless it is the file's first
 */
record DelimitedPart(
    long start,
    long end,
    long line,
    long endLine,
    boolean strict,
    int columns,
    List<String> header,
    long records,
    long bad,
    long quoted,
    long doubtful,
    long doubtfulLine,
    List<long[]> slices)
    implements Serializable {
  /** This many lines that are whole by themselves do not come to be one cell of prose. */
  private static final int TOO_MANY_LINES = 5;

  /** So many records without a fault do not come from the middle of a cell. */
  private static final int GOOD_RECORDS = 8;

  /** So many lines are tried before a part begins at the first of them all the same. */
  private static final int TRIED_LINES = 64;

  /**
   * A part to read.
   *
   * @param path of the file
   * @param dialect to read by
   * @param from where it begins
   * @param to records that begin there or later are not part of it
   * @param known whether a record begins at {@code from}; otherwise one that begins later is looked
   *     for, which may turn out to be none
   * @param strict whether that record comes after one with a fault
   * @param columns how many cells a record has, 0 for as many as the first
   */
  record Range(
      String path, Dialect dialect, long from, long to, boolean known, boolean strict, int columns)
      implements Serializable {
    /** All of a file. */
    static Range whole(String path, Dialect dialect) {
      return new Range(path, dialect, 0, FileSlice.TO_THE_END, true, false, 0);
    }
  }

  /**
   * Reads a part.
   *
   * @throws IOException when it cannot be read
   * @throws InputException when the file is in an encoding or has line ends that are not read
   */
  static DelimitedPart read(Range range, char separator, Configuration hadoop) throws IOException {
    long from = range.known ? range.from : likelyRecord(range, separator, hadoop);
    if (from >= range.to) {
      return new DelimitedPart(
          from, from, 1, 1, false, range.columns, List.of(), 0, 0, 0, 0, 0, List.of());
    }
    try (ByteWindow window = new ByteWindow(TextInput.open(range.path, from, hadoop), from)) {
      if (from == 0) {
        TextInput.requireBytes(range.path, window);
        TextInput.requireLineFeeds(range.path, window);
        window.skipByteOrderMark();
      }
      DelimitedRecords found =
          new DelimitedRecords(window, 1, separator, range.dialect, range.columns);
      found.startStrict(range.strict);
      return new Reading(range, found, separator == '\t').read(from == 0);
    }
  }

  /** Returns where a record is likely to begin: after a line end, before others without a fault. */
  private static long likelyRecord(Range range, char separator, Configuration hadoop)
      throws IOException {
    long first = lineAfter(range.path, range.from, hadoop);
    long line = first;
    for (int i = 0; i < TRIED_LINES && line < range.to; i++) {
      if (isLikely(range, line, separator, hadoop)) {
        return line;
      }
      line = lineAfter(range.path, line + 1, hadoop);
    }
    return first;
  }

  private static boolean isLikely(Range range, long line, char separator, Configuration hadoop)
      throws IOException {
    try (ByteWindow window = new ByteWindow(TextInput.open(range.path, line, hadoop), line)) {
      DelimitedRecords found =
          new DelimitedRecords(window, 1, separator, range.dialect, range.columns);
      for (int i = 0; i < GOOD_RECORDS && found.next(); i++) {
        if (found.fault() != null) {
          return false;
        }
      }
      return true;
    }
  }

  /** Returns where the first line begins at a place or after it. */
  private static long lineAfter(String path, long place, Configuration hadoop) throws IOException {
    long before = place - 1;
    try (ByteWindow window = new ByteWindow(TextInput.open(path, before, hadoop), before)) {
      int end = window.lineEnd(0);
      while (window.at(end) == '\r') {
        end = window.lineEnd(end + 1);
      }
      return window.at(end) < 0 ? FileSlice.TO_THE_END : before + end + 1;
    }
  }

  /** Reads records and counts. */
  private static final class Reading {
    private final Range range;
    private final DelimitedRecords found;
    private final boolean tabs;
    private final boolean seekable;
    private final List<long[]> slices = new ArrayList<>();
    private List<String> header = List.of();
    private long records;
    private long bad;
    private long quoted;
    private long doubtful;
    private long doubtfulLine;
    private long nextSlice;

    Reading(Range range, DelimitedRecords found, boolean tabs) {
      this.range = range;
      this.found = found;
      this.tabs = tabs;
      seekable = TextInput.isSeekable(range.path);
    }

    DelimitedPart read(boolean withHeader) throws IOException {
      long start = FileSlice.TO_THE_END;
      long line = 1;
      boolean strict = found.isStrict();
      boolean more = found.next();
      if (more) {
        start = found.offset();
        line = withHeader ? 1 : found.line();
      }
      if (more && withHeader) {
        header = cells();
        strict = found.isStrict();
        more = found.next();
      }
      while (more && found.offset() < range.to) {
        count(strict);
        strict = found.isStrict();
        more = found.next();
      }
      return new DelimitedPart(
          start,
          more ? found.offset() : FileSlice.TO_THE_END,
          line,
          found.line(),
          strict,
          found.columns(),
          header,
          records,
          bad,
          quoted,
          doubtful,
          doubtfulLine,
          slices);
    }

    private void count(boolean strict) {
      boolean first = records == 0 && !range.strict;
      if (first || seekable && !strict && found.offset() >= nextSlice) {
        slices.add(new long[] {found.offset(), found.line()});
        nextSlice = found.offset() + FileSlice.BYTES;
      }
      records++;
      int lines = found.wholeLines();
      quoted += range.dialect == Dialect.NONE && found.cells().hasQuotes() ? 1 : 0;
      int suspicious = tabs ? 2 : TOO_MANY_LINES;
      if (lines >= suspicious && doubtful == 0) {
        doubtful = lines;
        doubtfulLine = found.line();
      }
      bad += tabs && lines >= suspicious ? lines : found.fault() != null ? 1 : 0;
    }

    private List<String> cells() {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < found.cells().size(); i++) {
        cells.add(found.cells().text(i) == null ? "" : found.cells().text(i).toString());
      }
      return cells;
    }
  }

  /** Whether a part was read from where this one ends, as if both had been one. */
  boolean isFollowedBy(DelimitedPart next) {
    return next.start == end && !strict && next.columns == columns;
  }

  /** Returns what is found in this part and the one that follows it. */
  DelimitedPart and(DelimitedPart next) {
    long shift = endLine - next.line;
    List<long[]> all = new ArrayList<>(slices);
    next.slices.forEach(slice -> all.add(new long[] {slice[0], slice[1] + shift}));
    return new DelimitedPart(
        start,
        next.end,
        line,
        next.endLine + shift,
        next.strict,
        next.columns,
        header,
        records + next.records,
        bad + next.bad,
        quoted + next.quoted,
        doubtful == 0 ? next.doubtful : doubtful,
        doubtful == 0 && next.doubtful > 0 ? next.doubtfulLine + shift : doubtfulLine,
        all);
  }
}

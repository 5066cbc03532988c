package io.sparkrnn.spark.input;

import io.sparkrnn.spark.files.ByteWindow;
import io.sparkrnn.spark.files.FileSlice;
import io.sparkrnn.spark.files.TextInput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * What a delimited file is, as a reading of all of it shows.
 *
 * @param path of the file
 * @param header the cells of its first record, none when there is none
 * @param dialect the one that it fits, or most of its lines
 * @param records how many there are after the header
 * @param slices the records after the header
 */
record DelimitedScan(
    String path, List<String> header, Dialect dialect, long records, List<FileSlice> slices)
    implements Serializable {
  /** This many lines that are whole by themselves do not come to be one cell of prose. */
  private static final int TOO_MANY_LINES = 5;

  /** So many lines with cells in quotes are as one bad line of a TSV file without quoting. */
  private static final int QUOTED_LINES = 8;

  /**
   * Reads a file by the dialects, until it fits one.
   *
   * @throws IOException when it cannot be read
   * @throws InputException when it is in an encoding or has line ends that are not read
   */
  static DelimitedScan of(String path, char separator, Configuration hadoop) throws IOException {
    Reading best = null;
    Reading last = null;
    List<String> header = List.of();
    for (Dialect dialect : Dialect.values()) {
      last = new Reading(path, dialect);
      last.read(separator, hadoop);
      if (best == null) {
        header = last.header;
      }
      if (best == null || last.bad < best.bad) {
        best = last;
      }
      if (best.bad == 0 && best.doubtful == 0) {
        break;
      }
    }
    if (best != last && best.doubtful > 0 && last.bad == 0) {
      throw best.unclear();
    }
    boolean same = header.size() == best.header.size();
    return new DelimitedScan(
        path, same ? header : best.header, best.dialect, best.records, best.slices());
  }

  /** A reading by one dialect. */
  private static final class Reading {
    private final String path;
    private final Dialect dialect;
    private final List<long[]> starts = new ArrayList<>();
    private List<String> header = List.of();
    private long records;
    private long bad;
    private long doubtful;
    private long doubtfulLine;

    Reading(String path, Dialect dialect) {
      this.path = path;
      this.dialect = dialect;
    }

    void read(char separator, Configuration hadoop) throws IOException {
      try (ByteWindow window = new ByteWindow(TextInput.open(path, 0, hadoop), 0)) {
        TextInput.requireBytes(path, window);
        TextInput.requireLineFeeds(path, window);
        window.skipByteOrderMark();
        DelimitedRecords found = new DelimitedRecords(window, 1, separator, dialect, 0);
        if (found.next()) {
          header = cells(found);
          read(found, separator == '\t');
        }
      }
    }

    private void read(DelimitedRecords found, boolean tabs) throws IOException {
      boolean seekable = TextInput.isSeekable(path);
      long next = 0;
      long quoted = 0;
      int suspicious = tabs ? 2 : TOO_MANY_LINES;
      while (found.next()) {
        if (records == 0 || seekable && found.offset() >= next) {
          starts.add(new long[] {found.offset(), found.line()});
          next = found.offset() + FileSlice.BYTES;
        }
        records++;
        int lines = found.wholeLines();
        quoted += dialect == Dialect.NONE && found.cells().hasQuotes() ? 1 : 0;
        if (lines >= suspicious && doubtful == 0) {
          doubtful = lines;
          doubtfulLine = found.line();
        }
        bad += tabs && lines >= suspicious ? lines : found.fault() != null ? 1 : 0;
      }
      bad += tabs ? quoted / QUOTED_LINES : quoted;
    }

    /** Both are right: lines in quotes are rows by themselves, and all others are rows too. */
    InputException unclear() {
      return new InputException(
          "the quotes of line %d in %s go on for %d lines, each of which would be a row by itself; if they are no row, close the quote, else write the file as JSON lines or Parquet"
              .formatted(doubtfulLine, path, doubtful));
    }

    private static List<String> cells(DelimitedRecords record) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < record.cells().size(); i++) {
        cells.add(record.cells().text(i) == null ? "" : record.cells().text(i).toString());
      }
      return cells;
    }

    List<FileSlice> slices() {
      List<FileSlice> slices = new ArrayList<>();
      for (int i = 0; i < starts.size(); i++) {
        long end = i + 1 < starts.size() ? starts.get(i + 1)[0] : FileSlice.TO_THE_END;
        slices.add(new FileSlice(path, starts.get(i)[0], end, starts.get(i)[1], dialect));
      }
      return slices;
    }
  }
}

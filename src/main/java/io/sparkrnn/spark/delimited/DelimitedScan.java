package io.sparkrnn.spark.delimited;

import io.sparkrnn.spark.files.FileSlice;
import io.sparkrnn.spark.input.InputException;
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
  /** So many lines with cells in quotes are as one bad line of a TSV file without quoting. */
  private static final int QUOTED_LINES = 8;

  /** Reads a file by a dialect. */
  interface Reading {
    /** Returns what is in all of it. */
    DelimitedPart by(Dialect dialect) throws IOException;
  }

  /**
   * Reads a file by the dialects, until it fits one.
   *
   * @throws IOException when it cannot be read
   * @throws InputException when it is in an encoding or has line ends that are not read
   */
  static DelimitedScan of(String path, char separator, Configuration hadoop) throws IOException {
    return of(
        path,
        separator,
        dialect -> DelimitedPart.read(DelimitedPart.Range.whole(path, dialect), separator, hadoop));
  }

  /** Reads a file by the dialects, until it fits one. */
  static DelimitedScan of(String path, char separator, Reading reading) throws IOException {
    DelimitedPart best = null;
    DelimitedPart last = null;
    Dialect fitting = null;
    Dialect tried = null;
    List<String> header = List.of();
    for (Dialect dialect : Dialect.values()) {
      last = reading.by(dialect);
      tried = dialect;
      if (best == null) {
        header = last.header();
      }
      if (best == null || bad(last, separator) < bad(best, separator)) {
        best = last;
        fitting = dialect;
      }
      if (bad(best, separator) == 0 && best.doubtful() == 0) {
        break;
      }
    }
    if (fitting != tried && best.doubtful() > 0 && bad(last, separator) == 0) {
      throw unclear(path, best);
    }
    boolean same = header.size() == best.header().size();
    return new DelimitedScan(
        path,
        same ? header : best.header(),
        fitting,
        best.records(),
        slices(path, fitting, best.slices()));
  }

  private static long bad(DelimitedPart part, char separator) {
    return part.bad() + (separator == '\t' ? part.quoted() / QUOTED_LINES : part.quoted());
  }

  /** Both are right: lines in quotes are rows by themselves, and all others are rows too. */
  private static InputException unclear(String path, DelimitedPart part) {
    return new InputException(
        "the quotes of line %d in %s go on for %d lines, each of which would be a row by itself; if they are no row, close the quote, else write the file as JSON lines or Parquet"
            .formatted(part.doubtfulLine(), path, part.doubtful()));
  }

  /** Returns slices that begin where records do. */
  static List<FileSlice> slices(String path, Dialect dialect, List<long[]> starts) {
    List<FileSlice> slices = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      long end = i + 1 < starts.size() ? starts.get(i + 1)[0] : FileSlice.TO_THE_END;
      slices.add(new FileSlice(path, starts.get(i)[0], end, starts.get(i)[1], dialect));
    }
    return slices;
  }
}

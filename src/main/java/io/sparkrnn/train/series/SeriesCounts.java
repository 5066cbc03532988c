package io.sparkrnn.train.series;

import java.io.Serializable;

/**
 * What was found in series. A class and not a record, because Spark's Kryo serializer cannot write
 * records. Owned by one thread.
 */
public final class SeriesCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private long series;
  private long rows;
  private long gaps;
  private long missing;
  private long windows;
  private long skipped;
  private long without;

  /** Counts a series. */
  void add(TimeSeries some) {
    series++;
    rows += some.end() - some.missing();
    gaps += some.gaps();
    missing += some.missing();
  }

  /** Counts the windows of a series: those that are used, and those that lack a value. */
  void addWindows(long used, long lacking) {
    windows += used;
    skipped += lacking;
    without += used == 0 ? 1 : 0;
  }

  /** Adds the counts of another part. */
  public void merge(SeriesCounts other) {
    series += other.series;
    rows += other.rows;
    gaps += other.gaps;
    missing += other.missing;
    windows += other.windows;
    skipped += other.skipped;
    without += other.without;
  }

  /** Returns how many series there are. */
  public long series() {
    return series;
  }

  /** Returns how many rows they have, those of the future left out. */
  public long rows() {
    return rows;
  }

  /** Returns how often rows are further apart than usual. */
  public long gaps() {
    return gaps;
  }

  /** Returns how many steps are missing in the gaps, unless they are joined. */
  public long missing() {
    return missing;
  }

  /** Returns how many windows are used. */
  public long windows() {
    return windows;
  }

  /** Returns how many windows lack a value, and are not used. */
  public long skipped() {
    return skipped;
  }

  /** Returns how many series have no window that can be used. */
  public long without() {
    return without;
  }

  @Override
  public String toString() {
    return "%,d series, %,d rows, %,d gaps (%,d steps missing), %,d windows, %,d left out for a missing value, %,d series without any"
        .formatted(series, rows, gaps, missing, windows, skipped, without);
  }
}

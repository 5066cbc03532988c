package io.sparkrnn.train.series;

import io.sparkrnn.train.shards.RefusalCounts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Makes a series of rows in whatever order they come.
 *
 * <p>Rows of the same time are one if they are equal, and refused otherwise. Where rows are further
 * apart than usual, rows without values stand for those that are missing, unless gaps are joined;
 * of a long gap so many as no window reaches over, and the season goes on as if all were there.
 */
public final class TimeSeriesBuilder {
  /** Reason why a row is refused that is there twice. */
  public static final String TWICE = "the same time and values occur before in the series";

  /** Reason why rows are refused whose time is that of others. */
  public static final String CONFLICT = "the same time occurs in the series with other values";

  /** Reason why rows are refused that come at no regular times. */
  public static final String IRREGULAR =
      "times are irregular: most steps differ in length; use --gaps join to take rows as they follow";

  private static final double REGULAR = 0.5;

  private final String name;
  private final TimeForm form;
  private final SeriesLayout layout;
  private double[] times = new double[16];
  private double[][] rows = new double[16][];
  private int size;

  /** Creates a builder without rows. */
  public TimeSeriesBuilder(String name, TimeForm form, SeriesLayout layout) {
    this.name = name;
    this.form = form;
    this.layout = layout;
  }

  /**
   * Adds a row.
   *
   * @param columns values and covariates, NaN where missing. Not copied.
   */
  public void add(double time, double[] columns) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      rows = Arrays.copyOf(rows, 2 * size);
    }
    times[size] = time;
    rows[size++] = columns;
  }

  /** Adds the rows of another part of the series. */
  public void addAll(TimeSeriesBuilder other) {
    for (int row = 0; row < other.size; row++) {
      add(other.times[row], other.rows[row]);
    }
  }

  /**
   * Returns the series.
   *
   * @param refused counts rows that are left out. Modified.
   */
  public TimeSeries build(RefusalCounts refused) {
    sort();
    unite(refused);
    double[] kept = Arrays.copyOf(times, size);
    TimeStep step = TimeStep.of(form, kept);
    int gaps = 0;
    for (int row = 1; row < size; row++) {
      gaps += step.between(kept[row - 1], kept[row]) != 1 ? 1 : 0;
    }
    if (layout.joinsGaps() || gaps == 0) {
      return series(kept, Arrays.copyOf(rows, size), gaps, 0);
    }
    if (step.share() < REGULAR) {
      for (int row = 0; row < size; row++) {
        refused.add(IRREGULAR);
      }
      return series(new double[0], new double[0][], 0, 0);
    }
    return filled(step, gaps);
  }

  private void sort() {
    Integer[] order = IntStream.range(0, size).boxed().toArray(Integer[]::new);
    Arrays.sort(
        order,
        Comparator.<Integer>comparingDouble(row -> times[row])
            .thenComparing((a, b) -> Arrays.compare(rows[a], rows[b])));
    double[] sortedTimes = new double[size];
    double[][] sorted = new double[size][];
    for (int row = 0; row < size; row++) {
      sortedTimes[row] = times[order[row]];
      sorted[row] = rows[order[row]];
    }
    times = sortedTimes;
    rows = sorted;
  }

  /** Leaves one row of those that are equal, and none of those that differ, of the same time. */
  private void unite(RefusalCounts refused) {
    int kept = 0;
    for (int from = 0, to; from < size; from = to) {
      to = from + 1;
      while (to < size && times[to] == times[from]) {
        to++;
      }
      boolean same = Arrays.equals(rows[from], rows[to - 1]);
      for (int row = from + (same ? 1 : 0); row < to && to - from > 1; row++) {
        refused.add(same ? TWICE : CONFLICT);
      }
      if (same) {
        times[kept] = times[from];
        rows[kept++] = rows[from];
      }
    }
    size = kept;
  }

  private TimeSeries filled(TimeStep step, int gaps) {
    TimeSeriesBuilder all = new TimeSeriesBuilder(name, form, layout);
    double[] nothing = new double[layout.columns()];
    Arrays.fill(nothing, Double.NaN);
    for (int row = 0; row < size; row++) {
      if (row > 0) {
        int missing = missing(step.between(times[row - 1], times[row]));
        for (int i = 1; i <= missing; i++) {
          all.add(step.after(times[row - 1], i), nothing);
        }
      }
      all.add(times[row], rows[row]);
    }
    return all.series(
        Arrays.copyOf(all.times, all.size),
        Arrays.copyOf(all.rows, all.size),
        gaps,
        all.size - size);
  }

  /** Returns how many rows stand in a gap of so many steps. */
  private int missing(double steps) {
    if (steps != Math.rint(steps)) {
      return 1; // off the grid: no window may reach over it, no more is known
    }
    int most = layout.window() + layout.horizon() + layout.season();
    double missing = steps - 1;
    double whole = Math.max(0, Math.floor((missing - most) / layout.season())) * layout.season();
    return (int) (missing - whole);
  }

  private TimeSeries series(double[] times, double[][] rows, int gaps, int missing) {
    double[][] columns = new double[layout.columns()][times.length];
    for (int row = 0; row < times.length; row++) {
      for (int c = 0; c < columns.length; c++) {
        columns[c][row] = rows[row][c];
      }
    }
    return new TimeSeries(name, form, times, columns, layout.values(), gaps, missing);
  }
}

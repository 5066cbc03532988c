package io.sparkrnn.train.series;

import io.sparkrnn.nn.targets.SeriesFrame;
import io.sparkrnn.nn.targets.WindowTargets;
import io.sparkrnn.train.shards.PackedShard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packs stretches of series, scaled, and the windows in them. Not for several threads.
 *
 * <p>An origin is the first row that is forecast. Its window is used when every value and covariate
 * from the window's first to the horizon's last is there.
 */
public final class WindowPacker {
  private static final int MOST = Integer.MAX_VALUE - 16;

  private final SeriesLayout layout;
  private float[] steps = new float[0];
  private int size;
  private int[] starts = new int[16];
  private int[] frameOf = new int[16];
  private int rows;
  private final List<SeriesFrame> frames = new ArrayList<>();

  /** Creates a packer without windows. */
  public WindowPacker(SeriesLayout layout) {
    this.layout = layout;
  }

  /**
   * Adds the windows of some origins.
   *
   * @param scale of the series
   * @param from first origin that may be
   * @param to where origins end
   * @param end where what they forecast must end
   * @param reach how many rows before the first origin go with it, at least, as far as there are
   * @return how many windows lack a value, and were not added
   */
  public int add(TimeSeries series, SeriesScale scale, int from, int to, int end, int reach) {
    int first = Math.max(from, layout.window());
    int last = Math.min(to - 1, end - layout.horizon());
    if (last < first) {
      return 0;
    }
    int[] incomplete = incomplete(series, first - layout.window(), last + layout.horizon());
    int base = first - layout.window();
    int lacking = 0;
    int begin = Math.max(0, first - Math.max(layout.window(), reach));
    int frame = -1;
    for (int origin = first; origin <= last; origin++) {
      int since = origin - layout.window() - base;
      if (incomplete[origin + layout.horizon() - base] > incomplete[since]) {
        lacking++;
      } else {
        frame = frame < 0 ? frame(series, scale, begin, last + layout.horizon()) : frame;
        addWindow(frames.get(frame).first() + origin - layout.window() - begin, frame);
      }
    }
    return lacking;
  }

  /**
   * Adds the window that ends where the values of a series end.
   *
   * @return why it cannot be, or null when it was added
   */
  public String addLast(TimeSeries series, SeriesScale scale) {
    int begin = series.end() - layout.window();
    if (begin < 0) {
      return "the series has %d rows, fewer than a window of %d"
          .formatted(series.end(), layout.window());
    }
    for (int row = begin; row < series.end(); row++) {
      if (series.isIncomplete(row)) {
        return "a value is missing in the last window, at " + series.written(row);
      }
    }
    for (int h = 0; h < layout.horizon(); h++) {
      if (series.lacksCovariate(series.end() + h)) {
        return "covariates of %d steps after the last value are needed, got %d"
            .formatted(layout.horizon(), h);
      }
    }
    int frame = frame(series, scale, begin, series.end() + layout.horizon());
    addWindow(frames.get(frame).first(), frame);
    return null;
  }

  /** Counts the windows of all origins of a series. */
  public static void count(TimeSeries series, SeriesLayout layout, SeriesCounts counts) {
    int[] incomplete = incomplete(series, 0, series.end());
    int used = 0;
    int origins = Math.max(0, series.end() - layout.horizon() - layout.window() + 1);
    for (int origin = layout.window(); origin < layout.window() + origins; origin++) {
      int end = origin + layout.horizon();
      used += incomplete[end] == incomplete[origin - layout.window()] ? 1 : 0;
    }
    counts.add(series);
    counts.addWindows(used, origins - used);
  }

  /** Returns for each row from {@code base} on how many before it lack something. */
  private static int[] incomplete(TimeSeries series, int base, int end) {
    int[] counts = new int[end - base + 1];
    for (int row = base; row < end; row++) {
      counts[row - base + 1] = counts[row - base] + (series.isIncomplete(row) ? 1 : 0);
    }
    return counts;
  }

  private int frame(TimeSeries series, SeriesScale scale, int begin, int end) {
    int width = layout.width();
    int first = size / width;
    long needed = size + (long) (end - begin) * width;
    if (needed > MOST) {
      throw new IllegalStateException(
          "a shard must hold at most %d floats of series, got %d; use more shards"
              .formatted(MOST, needed));
    }
    if (needed > steps.length) {
      steps = Arrays.copyOf(steps, (int) Math.min(MOST, Math.max(1024, needed + needed / 2)));
    }
    for (int row = begin; row < end; row++, size += width) {
      write(series, scale, row);
    }
    frames.add(new SeriesFrame(first, scale.mean(), scale.deviation(), scale.error()));
    return frames.size() - 1;
  }

  private void write(TimeSeries series, SeriesScale scale, int row) {
    int at = size;
    for (int c = 0; c < layout.columns(); c++) {
      steps[at++] = scale.scaled(c, series.value(row, c));
    }
    for (Calendar cycle : layout.calendar()) {
      cycle.write(series.form().local(series.time(row)), steps, at);
      at += Calendar.SIZE;
    }
  }

  private void addWindow(int start, int frame) {
    if (rows == starts.length) {
      starts = Arrays.copyOf(starts, 2 * rows);
      frameOf = Arrays.copyOf(frameOf, 2 * rows);
    }
    starts[rows] = start;
    frameOf[rows++] = frame;
  }

  /** Returns how many windows there are so far. */
  public int windows() {
    return rows;
  }

  /** Returns the windows. */
  public PackedShard build() {
    return PackedShard.ofWindows(
        new WindowTargets(
            Arrays.copyOf(steps, size),
            layout.width(),
            layout.values(),
            layout.window(),
            layout.horizon(),
            layout.residual() ? layout.season() : 0,
            Arrays.copyOf(starts, rows),
            Arrays.copyOf(frameOf, rows),
            frames.toArray(SeriesFrame[]::new)));
  }
}

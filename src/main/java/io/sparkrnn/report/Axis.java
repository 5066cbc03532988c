package io.sparkrnn.report;

import java.util.Arrays;

/**
 * One axis of a chart: a range, its ticks, and the place of a value on it.
 *
 * @param low least value
 * @param high greatest value
 * @param ticks where the marks are, ascending, within the range
 * @param logarithmic whether equal distances are equal ratios
 */
record Axis(double low, double high, double[] ticks, boolean logarithmic) {
  private static final int TICKS = 5;

  /** An axis from rounded values around all finite values given. */
  static Axis linear(double[] values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    double least = Arrays.stream(finite).min().orElse(0);
    double most = Arrays.stream(finite).max().orElse(1);
    double room = most > least ? 0 : Math.max(Math.abs(most) * 0.1, 1e-6);
    double step = step(most - least + 2 * room);
    long first = (long) Math.floor((least - room) / step + 1e-9);
    long last = (long) Math.ceil((most + room) / step - 1e-9);
    double[] ticks = new double[(int) (last - first) + 1];
    Arrays.setAll(ticks, i -> (first + i) * step);
    return new Axis(ticks[0], ticks[ticks.length - 1], ticks, false);
  }

  /** An axis over the whole numbers from first to last, with a mark at round ones. */
  static Axis whole(int first, int last) {
    long step = Math.max(1, (long) step(last - first));
    double[] ticks =
        java.util.stream.IntStream.rangeClosed(first, last)
            .filter(i -> i % step == 0)
            .asDoubleStream()
            .toArray();
    double room = last > first ? 0 : 0.5;
    return new Axis(first - room, last + room, ticks, false);
  }

  /** An axis over the powers of ten around all positive finite values given. */
  static Axis logarithmic(double[] values) {
    double[] finite = Arrays.stream(values).filter(v -> v > 0 && Double.isFinite(v)).toArray();
    int first = (int) Math.floor(Math.log10(Arrays.stream(finite).min().orElse(0.1)));
    int most = (int) Math.ceil(Math.log10(Arrays.stream(finite).max().orElse(1)));
    int last = Math.max(most, first + 1);
    int step = (last - first + TICKS) / (TICKS + 1);
    int from = last - (last - first + step - 1) / step * step;
    double[] ticks = new double[(last - from) / step + 1];
    Arrays.setAll(ticks, i -> Math.pow(10, from + i * step));
    return new Axis(ticks[0], ticks[ticks.length - 1], ticks, true);
  }

  /** Returns where a value stands: 0 at the low end, 1 at the high end. */
  double place(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** Returns whether the axis can show the value. */
  boolean shows(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }

  private static double step(double range) {
    double raw = Math.max(range, 1e-12) / TICKS;
    double decade = Math.pow(10, Math.floor(Math.log10(raw)));
    for (int factor : new int[] {1, 2, 5}) {
      if (raw <= factor * decade * (1 + 1e-9)) {
        return factor * decade;
      }
    }
    return 10 * decade;
  }
}

package io.sparkrnn.train.series;

import io.sparkrnn.train.shards.RefusalCounts;
import java.util.List;

/** Small series for tests. */
final class SeriesCases {
  private SeriesCases() {}

  static SeriesLayout layout(int window, int horizon, int season) {
    return new SeriesLayout(
        "", "time", List.of("value"), List.of(), window, horizon, season, false, List.of());
  }

  /** A series of one value at the times 0, 1, ... */
  static TimeSeries of(SeriesLayout layout, double... values) {
    TimeSeriesBuilder builder = new TimeSeriesBuilder("s", TimeForm.NUMBER, layout);
    for (int t = 0; t < values.length; t++) {
      builder.add(t, new double[] {values[t]});
    }
    return builder.build(new RefusalCounts());
  }

  static SeriesScale unscaled() {
    return new SeriesScale(new double[1], new double[] {1}, new double[] {1});
  }
}

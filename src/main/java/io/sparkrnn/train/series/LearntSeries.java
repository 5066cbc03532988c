package io.sparkrnn.train.series;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a forecaster knows of the series that it was trained on: what it reads of them, and how each
 * is scaled.
 *
 * <p>A series that was trained on is scaled as it was in training. One that was not is scaled by
 * what is known of it: to forecast, by all rows given; to be measured, by the rows before the
 * origin, at least by half of them, so that nothing of what is forecast shows in the scale.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records.
 */
public final class LearntSeries implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SeriesLayout layout;
  private final TreeMap<String, SeriesScale> scales;

  /**
   * Creates the knowledge of series.
   *
   * @param scales by name. Copied.
   */
  public LearntSeries(SeriesLayout layout, Map<String, SeriesScale> scales) {
    this.layout = layout;
    this.scales = new TreeMap<>(scales);
  }

  /** Returns what is read of a table of series. */
  public SeriesLayout layout() {
    return layout;
  }

  /** Returns how each series is scaled, by name. */
  public SortedMap<String, SeriesScale> scales() {
    return Collections.unmodifiableSortedMap(scales);
  }

  /** Returns the scale by which a series is forecast after its last value. */
  public SeriesScale scale(TimeSeries series) {
    SeriesScale known = scales.get(series.name());
    return known != null ? known : SeriesScale.of(series, 0, series.end(), layout.season());
  }

  /**
   * Adds windows of a series to be measured.
   *
   * @param from first origin
   * @param to where origins end
   * @param end where what they forecast must end
   * @param packer Modified.
   * @return how many windows lack a value, and were not added
   */
  public int addWindows(TimeSeries series, int from, int to, int end, WindowPacker packer) {
    int season = layout.season();
    SeriesScale known = scales.get(series.name());
    if (known != null) {
      return packer.add(series, known, from, to, end, season);
    }
    double[] error = SeriesScale.of(series, 0, series.end(), season).error();
    int lacking = 0;
    int begin = Math.max(from, layout.window());
    for (int next; begin < to; begin = next) {
      next = (int) Math.min(to, 2L * begin);
      SeriesScale before = SeriesScale.of(series, 0, begin, season);
      SeriesScale scale = new SeriesScale(before.mean(), before.deviation(), error);
      lacking += packer.add(series, scale, begin, next, end, season);
    }
    return lacking;
  }
}

package io.sparkrnn.train.metrics;

import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.targets.Targets;
import io.sparkrnn.nn.targets.WindowTargets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Errors of forecasts in the unit of each series, and those of what needs no learning:
 *
 * <pre>
 *   naive(h)          = y(0)                               y(0) the last value of the window
 *   seasonalNaive(h)  = y(h - k S)                         S the season, k the least that is known
 *   drift(h)          = y(0) + h (y(0) - y(-n)) / n        y(-n) the first value of the window
 * </pre>
 *
 * <p>A season may reach back before the window, as far as the series goes; where it reaches further
 * or the value is missing, the season before stands in, and where there is none the value is not
 * counted in that baseline.
 */
final class ForecastMetrics extends HeadMetrics {
  private static final long serialVersionUID = 1L;

  private final ForecastHead head;
  private final int season;
  private final ForecastErrors own = new ForecastErrors();
  private final ForecastErrors naive = new ForecastErrors();
  private final ForecastErrors seasonal = new ForecastErrors();
  private final ForecastErrors drift = new ForecastErrors();
  private long rows;
  private long covered;
  private double lossSum;

  ForecastMetrics(ForecastHead head, Thresholds thresholds) {
    thresholds.check(0);
    this.head = head;
    season = head.season();
  }

  @Override
  void add(float[] predictions, Targets targets) {
    WindowTargets windows = (WindowTargets) targets;
    for (int row = 0; row < windows.rows(); row++) {
      for (int i = 0; i < head.forecasts(); i++) {
        int at = (row * head.forecasts() + i) * head.outputsEach();
        if (Float.isNaN(predictions[at])) {
          throw EvaluationBuilder.diverged(rows);
        }
        add(predictions, at, new Place(windows, row, i / head.values(), i % head.values()));
      }
      rows++;
    }
  }

  /** A value that is forecast. */
  private record Place(WindowTargets windows, int row, int h, int v) {
    int origin() {
      return windows.origin(row);
    }

    /** Returns a value of the series in its unit, by the number of its step among all. */
    double at(int step) {
      return unscaled(windows.value(step, v));
    }

    double unscaled(double scaled) {
      return windows.frame(row).unscaled(v, scaled);
    }
  }

  private void add(float[] predictions, int at, Place place) {
    float target = place.windows.value(place.origin() + place.h, place.v);
    double actual = place.unscaled(target);
    double unit = place.windows.frame(place.row).error(place.v);
    float base = place.windows.base(place.row, place.h, place.v);
    lossSum += head.loss(predictions, at, target - base);
    own.add(place.unscaled(base + predictions[at + head.middle()]), actual, unit);
    if (head.outputsEach() > 1) {
      float least = base + predictions[at];
      float most = base + predictions[at + head.outputsEach() - 1];
      covered += target >= least && target <= most ? 1 : 0;
    }
    int last = place.origin() - 1;
    int window = place.origin() - place.windows.start(place.row);
    naive.add(place.at(last), actual, unit);
    double slope = window < 2 ? 0 : (place.at(last) - place.at(last - window + 1)) / (window - 1);
    drift.add(place.at(last) + (place.h + 1) * slope, actual, unit);
    addSeasonal(place, actual, unit);
  }

  private void addSeasonal(Place place, double actual, double unit) {
    int first = place.windows.frame(place.row).first();
    int step = place.origin() + place.h - season;
    while (step >= place.origin()
        || (step >= first && Float.isNaN(place.windows.value(step, place.v)))) {
      step -= season;
    }
    if (step >= first) {
      seasonal.add(place.at(step), actual, unit);
    }
  }

  @Override
  void add(float[] predictions, int i, float target) {
    throw new IllegalArgumentException("a forecast is measured by windows of series");
  }

  @Override
  void merge(HeadMetrics part) {
    if (!(part instanceof ForecastMetrics other) || !head.equals(other.head)) {
      throw mismatch(part);
    }
    own.merge(other.own);
    naive.merge(other.naive);
    seasonal.merge(other.seasonal);
    drift.merge(other.drift);
    rows += other.rows;
    covered += other.covered;
    lossSum += other.lossSum;
  }

  @Override
  long rows() {
    return rows;
  }

  @Override
  SortedMap<Metric, Double> result() {
    long count = rows * head.forecasts();
    SortedMap<Metric, Double> figures = own.result();
    figures.put(Metric.SCALED_LOSS, lossSum / count);
    if (head.outputsEach() > 1) {
      figures.put(Metric.COVERAGE, (double) covered / count);
    }
    return figures;
  }

  @Override
  SortedMap<String, SortedMap<Metric, Double>> baselines() {
    return new TreeMap<>(
        Map.of(
            "naive", naive.result(), "seasonalNaive", seasonal.result(), "drift", drift.result()));
  }

  @Override
  public String toString() {
    return "forecasts of " + head.horizon() + " steps";
  }
}

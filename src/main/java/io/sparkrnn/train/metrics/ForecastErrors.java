package io.sparkrnn.train.metrics;

import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums of the errors of one way to forecast.
 *
 * <pre>
 *   RMSE = sqrt(mean e^2)     MAE = mean |e|     MASE = mean |e| / u     e = forecast - actual
 *   sMAPE = mean 2 |e| / (|forecast| + |actual|), 0 where both are 0
 * </pre>
 *
 * <p>u is the mean absolute error that the seasonal naive forecast of one step had where the
 * series' scale was learnt; values of series without it are left out of MASE.
 *
 * @see <a href="https://doi.org/10.1016/j.ijforecast.2006.03.001">Hyndman and Koehler, 2006</a>
 */
final class ForecastErrors implements Serializable {
  private static final long serialVersionUID = 1L;

  private long count;
  private long scaledCount;
  private double squares;
  private double absolute;
  private double scaled;
  private double relative;

  /** Adds one value; unit is NaN or 0 where there is none. */
  void add(double forecast, double actual, double unit) {
    double error = Math.abs(forecast - actual);
    count++;
    squares += error * error;
    absolute += error;
    relative += error == 0 ? 0 : 2 * error / (Math.abs(forecast) + Math.abs(actual));
    if (unit > 0) {
      scaledCount++;
      scaled += error / unit;
    }
  }

  void merge(ForecastErrors other) {
    count += other.count;
    scaledCount += other.scaledCount;
    squares += other.squares;
    absolute += other.absolute;
    scaled += other.scaled;
    relative += other.relative;
  }

  SortedMap<Metric, Double> result() {
    return new TreeMap<>(
        Map.of(
            Metric.RMSE, Math.sqrt(squares / count),
            Metric.MAE, absolute / count,
            Metric.MASE, scaled / scaledCount,
            Metric.SMAPE, relative / count));
  }
}

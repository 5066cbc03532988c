package io.sparkrnn.report;

import java.util.Objects;

/**
 * Forecasts of one series beside what came.
 *
 * @param series name of the series, empty where there is but one
 * @param value name of the value
 * @param horizon how many steps are forecast from one origin; the next begins where they end
 * @param times of the first and the last step
 * @param actual what came, step by step; NaN where it is missing
 * @param forecast what was forecast, likewise
 * @param low the least quantile, likewise; empty without quantiles
 * @param high the greatest quantile, likewise
 */
public record ForecastPlot(
    String series,
    String value,
    int horizon,
    String[] times,
    double[] actual,
    double[] forecast,
    double[] low,
    double[] high) {
  public ForecastPlot {
    Objects.requireNonNull(series, "series");
    Objects.requireNonNull(value, "value");
  }
}

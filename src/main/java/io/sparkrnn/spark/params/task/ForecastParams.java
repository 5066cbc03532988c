package io.sparkrnn.spark.params.task;

import static io.sparkrnn.spark.params.OptionTable.FORECAST;

import io.sparkrnn.spark.params.FluentParams;
import io.sparkrnn.spark.params.OptionTable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Forecasts of time series: --task forecast.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface ForecastParams<S extends ForecastParams<S>> extends FluentParams<S> {
  /** Column of the series' names; one series when empty. */
  default Param<String> seriesCol() { return FORECAST.param(this, "seriesCol"); }
  /** Returns {@link #seriesCol}. */
  default String getSeriesCol() { return getOrDefault(seriesCol()); }
  /** Sets {@link #seriesCol}. */
  default S setSeriesCol(String value) { return with(seriesCol(), value); }

  /** Column of times: dates, times, months such as 1949-01, or numbers. */
  default Param<String> timeCol() { return FORECAST.param(this, "timeCol"); }
  /** Returns {@link #timeCol}. */
  default String getTimeCol() { return getOrDefault(timeCol()); }
  /** Sets {@link #timeCol}. */
  default S setTimeCol(String value) { return with(timeCol(), value); }

  /** Columns of the values to forecast, separated by commas. */
  default Param<String> valueCols() { return FORECAST.param(this, "valueCols"); }
  /** Returns {@link #valueCols}. */
  default String getValueCols() { return getOrDefault(valueCols()); }
  /** Sets {@link #valueCols}. */
  default S setValueCols(String value) { return with(valueCols(), value); }

  /** Columns of numbers that are known in advance, separated by commas; none when empty. */
  default Param<String> covariateCols() { return FORECAST.param(this, "covariateCols"); }
  /** Returns {@link #covariateCols}. */
  default String getCovariateCols() { return getOrDefault(covariateCols()); }
  /** Sets {@link #covariateCols}. */
  default S setCovariateCols(String value) { return with(covariateCols(), value); }

  /** Steps of a series that are read to forecast the next ones. */
  default IntParam window() { return FORECAST.param(this, "window"); }
  /** Returns {@link #window}. */
  default int getWindow() { return (int) getOrDefault(window()); }
  /** Sets {@link #window}. */
  default S setWindow(int value) { return with(window(), value); }

  /** Steps that are forecast, all at once. */
  default IntParam horizon() { return FORECAST.param(this, "horizon"); }
  /** Returns {@link #horizon}. */
  default int getHorizon() { return (int) getOrDefault(horizon()); }
  /** Sets {@link #horizon}. */
  default S setHorizon(int value) { return with(horizon(), value); }

  /**
   * Steps after which values come again, which seasonal baselines and MASE go by; 1 without any.
   */
  default IntParam season() { return FORECAST.param(this, "season"); }
  /** Returns {@link #season}. */
  default int getSeason() { return (int) getOrDefault(season()); }
  /** Sets {@link #season}. */
  default S setSeason(int value) { return with(season(), value); }

  /**
   * Whether what is learnt is the difference from the value one season before, which the window
   * must reach; with season 1 from the last value.
   */
  default BooleanParam residual() { return FORECAST.param(this, "residual"); }
  /** Returns {@link #residual}. */
  default boolean getResidual() { return (boolean) getOrDefault(residual()); }
  /** Sets {@link #residual}. */
  default S setResidual(boolean value) { return with(residual(), value); }

  /**
   * Where rows are further apart than usual: skip (windows that reach over the gap are left out) or
   * join (rows are taken as they follow).
   */
  default Param<String> gaps() { return FORECAST.param(this, "gaps"); }
  /** Returns {@link #gaps}. */
  default String getGaps() { return getOrDefault(gaps()); }
  /** Sets {@link #gaps}. */
  default S setGaps(String value) { return with(gaps(), value); }

  /**
   * Cycles of the calendar that are read beside the values: hour, weekday, month, yearday,
   * separated by commas; none when empty.
   */
  default Param<String> calendar() { return FORECAST.param(this, "calendar"); }
  /** Returns {@link #calendar}. */
  default String getCalendar() { return getOrDefault(calendar()); }
  /** Sets {@link #calendar}. */
  default S setCalendar(String value) { return with(calendar(), value); }

  /**
   * Probabilities of quantiles to forecast, such as 0.1,0.5,0.9, with 0.5 among them; none when
   * empty.
   */
  default Param<String> quantiles() { return FORECAST.param(this, "quantiles"); }
  /** Returns {@link #quantiles}. */
  default String getQuantiles() { return getOrDefault(quantiles()); }
  /** Sets {@link #quantiles}. */
  default S setQuantiles(String value) { return with(quantiles(), value); }
}
// spotless:on

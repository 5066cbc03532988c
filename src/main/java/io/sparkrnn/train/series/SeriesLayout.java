package io.sparkrnn.train.series;

import io.sparkrnn.kernel.Require;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What a forecaster reads of a table of series, and how much of it.
 *
 * <pre>
 *   time     ... o-W    ...    o-1 | o       ...     o+H-1 ...
 *   values       window, W steps   | horizon, H steps          o the origin
 *   read         values, and what  | what is known in advance
 *                is known          |
 * </pre>
 *
 * @param seriesCol column of the series' names; empty for one series
 * @param timeCol column of times
 * @param valueCols columns that are forecast, at least one
 * @param covariateCols columns that are known in advance
 * @param window steps that are read, W
 * @param horizon steps that are forecast, H
 * @param season steps after which values come again; 1 without any
 * @param joinsGaps whether rows follow one another however far apart their times are
 * @param calendar cycles of the calendar that are read beside values and covariates
 * @param residual whether outputs are differences from the values one season before
 */
public record SeriesLayout(
    String seriesCol,
    String timeCol,
    List<String> valueCols,
    List<String> covariateCols,
    int window,
    int horizon,
    int season,
    boolean joinsGaps,
    List<Calendar> calendar,
    boolean residual)
    implements Serializable {
  public SeriesLayout {
    valueCols = List.copyOf(valueCols);
    covariateCols = List.copyOf(covariateCols);
    calendar = List.copyOf(calendar);
    Require.atLeast(1, "window", window);
    Require.atLeast(1, "horizon", horizon);
    Require.atLeast(1, "season", season);
    if (residual && season > window) {
      throw new IllegalArgumentException(
          "window must reach back a season of %d steps for residual, got %d"
              .formatted(season, window));
    }
    if (timeCol.isEmpty() || valueCols.isEmpty()) {
      throw new IllegalArgumentException(
          "timeCol and valueCols must name columns, got '%s' and %s".formatted(timeCol, valueCols));
    }
    LinkedHashSet<String> names = new LinkedHashSet<>(valueCols);
    names.addAll(covariateCols);
    names.add(timeCol);
    names.add(seriesCol);
    if (names.size() != valueCols.size() + covariateCols.size() + 2) {
      throw new IllegalArgumentException(
          "a column must have one use, got series '%s', time '%s', values %s, covariates %s"
              .formatted(seriesCol, timeCol, valueCols, covariateCols));
    }
  }

  /** Creates the layout of a table whose values are forecast as they are. */
  public SeriesLayout(
      String seriesCol,
      String timeCol,
      List<String> valueCols,
      List<String> covariateCols,
      int window,
      int horizon,
      int season,
      boolean joinsGaps,
      List<Calendar> calendar) {
    this(
        seriesCol,
        timeCol,
        valueCols,
        covariateCols,
        window,
        horizon,
        season,
        joinsGaps,
        calendar,
        false);
  }

  /** Returns V, the number of values of a step. */
  public int values() {
    return valueCols.size();
  }

  /** Returns the number of values and covariates of a step. */
  public int columns() {
    return valueCols.size() + covariateCols.size();
  }

  /** Returns the floats of a step: values, covariates, calendar. */
  public int width() {
    return columns() + Calendar.SIZE * calendar.size();
  }

  /** Returns the floats that a network reads of a step; one more tells what is ahead. */
  public int inputSize() {
    return width() > values() ? width() + 1 : width();
  }

  /** Returns how many steps a network reads of a window. */
  public int inputSteps() {
    return width() > values() ? window + horizon : window;
  }
}

package io.sparkrnn.train.series;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One series: its times, ascending, and the columns of each; NaN where a value is missing.
 *
 * <p>Rows after the last value hold what is known in advance of the future. A class and not a
 * record, because Spark's Kryo serializer cannot write records. Immutable by convention.
 */
public final class TimeSeries implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final TimeForm form;
  private final double[] times;
  private final double[][] columns;
  private final int values;
  private final int gaps;
  private final int missing;
  private final int end;
  private transient TimeStep step;

  /**
   * Wraps a series; no array is copied.
   *
   * @param name its name, empty where there is but one
   * @param form how times are written
   * @param times ascending
   * @param columns values first, then covariates; each as long as times
   * @param values how many columns are values, V
   * @param gaps how often rows are further apart than usual
   * @param missing how many of the rows stand for missing ones
   */
  TimeSeries(
      String name,
      TimeForm form,
      double[] times,
      double[][] columns,
      int values,
      int gaps,
      int missing) {
    this.name = name;
    this.form = form;
    this.times = times;
    this.columns = columns;
    this.values = values;
    this.gaps = gaps;
    this.missing = missing;
    int last = times.length;
    while (last > 0 && isEmpty(last - 1)) {
      last--;
    }
    end = last;
  }

  private boolean isEmpty(int row) {
    for (int v = 0; v < values; v++) {
      if (!Double.isNaN(columns[v][row])) {
        return false;
      }
    }
    return true;
  }

  /** Returns the name, empty where there is but one series. */
  public String name() {
    return name;
  }

  /** Returns the number of rows with those of the future. */
  public int rows() {
    return times.length;
  }

  /** Returns the number of rows up to the last value. */
  public int end() {
    return end;
  }

  /** Returns V. */
  public int values() {
    return values;
  }

  /** Returns the number of values and covariates. */
  int columns() {
    return columns.length;
  }

  /** Returns a value or covariate, NaN where it is missing, as after the last row. */
  public double value(int row, int column) {
    return row < times.length ? columns[column][row] : Double.NaN;
  }

  /** Returns the time of a row; that of one after the last goes on in usual steps. */
  public double time(int row) {
    return row < times.length
        ? times[row]
        : step().after(times[times.length - 1], row - times.length + 1);
  }

  /** Found anew on every machine, when it is needed: the same from the same times. */
  private TimeStep step() {
    if (step == null) {
      step = TimeStep.of(form, times);
    }
    return step;
  }

  /** Returns the time of a row as it is written. */
  public String written(int row) {
    return form.write(time(row));
  }

  /** Returns how times are written. */
  public TimeForm form() {
    return form;
  }

  /** Returns how often rows are further apart than usual. */
  public int gaps() {
    return gaps;
  }

  /** Returns how many rows stand for missing ones. */
  public int missing() {
    return missing;
  }

  /** Returns the rows {@code [from, to)} alone. */
  public TimeSeries slice(int from, int to) {
    double[][] parts = new double[columns.length][];
    for (int c = 0; c < parts.length; c++) {
      parts[c] = Arrays.copyOfRange(columns[c], from, to);
    }
    return new TimeSeries(name, form, Arrays.copyOfRange(times, from, to), parts, values, 0, 0);
  }

  /** Whether a row lacks a value, or a covariate. */
  boolean isIncomplete(int row) {
    for (double[] column : columns) {
      if (row >= times.length || Double.isNaN(column[row])) {
        return true;
      }
    }
    return false;
  }

  /** Whether a row lacks a covariate. */
  boolean lacksCovariate(int row) {
    for (int c = values; c < columns.length; c++) {
      if (Double.isNaN(value(row, c))) {
        return true;
      }
    }
    return false;
  }
}

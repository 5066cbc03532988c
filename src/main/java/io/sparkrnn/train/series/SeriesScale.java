package io.sparkrnn.train.series;

import java.io.Serializable;

/**
 * How the columns of one series are scaled, learnt from a part of it.
 *
 * <pre>
 *   scaled = (value - mean) / deviation       deviation 1 for a column that does not change
 *   error  = mean |value(t) - value(t - season)|
 * </pre>
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records. Immutable by
 * convention: the accessors hand out the arrays themselves.
 */
public final class SeriesScale implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] mean;
  private final double[] deviation;
  private final double[] error;

  /**
   * Creates a scale; arrays are not copied.
   *
   * @param mean of each column
   * @param deviation likewise
   * @param error of each value, NaN where there is none
   */
  public SeriesScale(double[] mean, double[] deviation, double[] error) {
    this.mean = mean;
    this.deviation = deviation;
    this.error = error;
  }

  /** Learns a scale from the rows {@code [from, to)} of a series. */
  public static SeriesScale of(TimeSeries series, int from, int to, int season) {
    int columns = series.columns();
    double[] mean = new double[columns];
    double[] deviation = new double[columns];
    for (int c = 0; c < columns; c++) {
      learn(series, from, to, c, mean, deviation);
    }
    double[] error = new double[series.values()];
    for (int v = 0; v < error.length; v++) {
      error[v] = error(series, from, to, season, v);
    }
    return new SeriesScale(mean, deviation, error);
  }

  private static void learn(
      TimeSeries series, int from, int to, int column, double[] mean, double[] deviation) {
    double sum = 0;
    int count = 0;
    for (int row = from; row < to; row++) {
      double value = series.value(row, column);
      sum += Double.isNaN(value) ? 0 : value;
      count += Double.isNaN(value) ? 0 : 1;
    }
    double centre = count == 0 ? 0 : sum / count;
    double squares = 0;
    for (int row = from; row < to; row++) {
      double difference = series.value(row, column) - centre;
      squares += Double.isNaN(difference) ? 0 : difference * difference;
    }
    double spread = Math.sqrt(squares / Math.max(1, count));
    mean[column] = centre;
    deviation[column] = spread > 1e-9 * Math.max(1e-30, Math.abs(centre)) ? spread : 1;
  }

  private static double error(TimeSeries series, int from, int to, int season, int v) {
    double sum = 0;
    int count = 0;
    for (int row = from + season; row < to; row++) {
      double change = Math.abs(series.value(row, v) - series.value(row - season, v));
      sum += Double.isNaN(change) ? 0 : change;
      count += Double.isNaN(change) ? 0 : 1;
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** Returns the means of the columns. */
  public double[] mean() {
    return mean;
  }

  /** Returns the deviations of the columns. */
  public double[] deviation() {
    return deviation;
  }

  /** Returns the errors of the values. */
  public double[] error() {
    return error;
  }

  /** Returns a value of a column as it is read. */
  float scaled(int column, double value) {
    return (float) ((value - mean[column]) / deviation[column]);
  }

  /** Returns a scaled number of a column in the series' own unit. */
  public double unscaled(int column, double scaled) {
    return scaled * deviation[column] + mean[column];
  }
}

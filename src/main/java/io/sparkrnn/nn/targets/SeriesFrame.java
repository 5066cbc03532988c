package io.sparkrnn.nn.targets;

import java.io.Serializable;

/**
 * A stretch of one series among the steps of a shard, and how its values were scaled.
 *
 * <pre>
 *   step = (value - mean) / deviation
 * </pre>
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records. Immutable by
 * convention: the accessors hand out the arrays themselves, which callers do not modify.
 */
public final class SeriesFrame implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int first;
  private final double[] mean;
  private final double[] deviation;
  private final double[] error;

  /**
   * Creates a frame.
   *
   * @param first its first step among those of the shard
   * @param mean of each value. Not copied, not modified.
   * @param deviation likewise, above 0
   * @param error mean absolute error of the seasonal naive forecast where the scale was learnt, by
   *     which errors of different series can be compared; NaN where there is none
   */
  public SeriesFrame(int first, double[] mean, double[] deviation, double[] error) {
    this.first = first;
    this.mean = mean;
    this.deviation = deviation;
    this.error = error;
  }

  /** Returns its first step among those of the shard. */
  public int first() {
    return first;
  }

  /** Returns the error of value {@code v} that the naive forecast had; NaN where there is none. */
  public double error(int v) {
    return error[v];
  }

  /** Returns a scaled number of value {@code v} in the series' own unit. */
  public double unscaled(int v, double scaled) {
    return scaled * deviation[v] + mean[v];
  }
}

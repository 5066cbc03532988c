package io.sparkrnn.nn.targets;

import java.util.Arrays;

/**
 * Windows of series by reference, and the values that come after each.
 *
 * <pre>
 *   row r:    steps start(r) .. start(r) + window        are read
 *             steps .. start(r) + window + horizon       are forecast
 *   a step:   values | what is known in advance
 * </pre>
 *
 * <p>Each step of a series is there once, however many windows have it. Where something is known in
 * advance, a network reads the steps that it forecasts too, without their values: a window is
 * longer by the horizon then, and a step wider by a flag that says so.
 */
public final class WindowTargets extends Targets {
  private static final long serialVersionUID = 1L;

  private final float[] steps;
  private final int width;
  private final int values;
  private final int window;
  private final int horizon;
  private final int lag;
  private final int[] starts;
  private final int[] frameOf;
  private final SeriesFrame[] frames;

  /**
   * Wraps windows; no array is copied or modified.
   *
   * @param steps of all series, {@code width} floats each
   * @param width floats of a step
   * @param values how many of them, the first ones, are forecast
   * @param window steps that are read, W
   * @param horizon steps that are forecast, H
   * @param lag steps back to the value that a target is the difference from, at most W; 0 for none
   * @param starts of each window, its first step
   * @param frameOf of each window, which of the frames it is in
   * @param frames the stretches of series
   */
  public WindowTargets(
      float[] steps,
      int width,
      int values,
      int window,
      int horizon,
      int lag,
      int[] starts,
      int[] frameOf,
      SeriesFrame[] frames) {
    this.steps = steps;
    this.width = width;
    this.values = values;
    this.window = window;
    this.horizon = horizon;
    this.lag = lag;
    this.starts = starts;
    this.frameOf = frameOf;
    this.frames = frames;
  }

  /** Returns the same windows of some rows, in their order. */
  public WindowTargets select(int[] rows) {
    int[] theirs = Arrays.stream(rows).map(row -> starts[row]).toArray();
    int[] frame = Arrays.stream(rows).map(row -> frameOf[row]).toArray();
    return new WindowTargets(steps, width, values, window, horizon, lag, theirs, frame, frames);
  }

  /** Returns the steps of all series. */
  public float[] steps() {
    return steps;
  }

  /** Returns the floats of a step. */
  public int width() {
    return width;
  }

  /** Returns V, the values of a step that are forecast. */
  public int valueCount() {
    return values;
  }

  /** Returns H, the steps that are forecast. */
  public int horizon() {
    return horizon;
  }

  /** Returns whether the steps that are forecast are read too, without their values. */
  private boolean readsAhead() {
    return width > values;
  }

  /** Returns how many steps a network reads of a window. */
  public int inputSteps() {
    return readsAhead() ? window + horizon : window;
  }

  /** Returns how many floats a network reads of a step. */
  public int inputSize() {
    return readsAhead() ? width + 1 : width;
  }

  /**
   * Copies what a network reads of a step.
   *
   * @param row which window
   * @param t step of it, from 0
   * @param to {@link #inputSize} floats from {@code at} on. Modified.
   */
  public void copyStep(int row, int t, float[] to, int at) {
    System.arraycopy(steps, (starts[row] + t) * width, to, at, width);
    if (readsAhead()) {
      boolean ahead = t >= window;
      to[at + width] = ahead ? 1 : 0;
      if (ahead) {
        Arrays.fill(to, at, at + values, 0f);
      }
    }
  }

  /** Returns the first step that is forecast of a window, among all steps. */
  public int origin(int row) {
    return starts[row] + window;
  }

  /** Returns the first step of a window, among all steps. */
  @Override
  public int start(int row) {
    return row == rows() ? steps.length / width : starts[row];
  }

  /** Returns the scaled value {@code v} of a step; NaN where it is missing. */
  public float value(int step, int v) {
    return steps[step * width + v];
  }

  /**
   * Returns what an output is to be added to: the scaled value one season before, of the window, or
   * 0 when outputs are values themselves.
   *
   * @param row which window
   * @param h step of the horizon, from 0
   * @param v which value
   */
  public float base(int row, int h, int v) {
    return lag == 0 ? 0 : value(origin(row) + h - lag * (h / lag + 1), v);
  }

  /** Returns the stretch of a series that a window is in. */
  public SeriesFrame frame(int row) {
    return frames[frameOf[row]];
  }

  @Override
  public TargetKind kind() {
    return TargetKind.WINDOW;
  }

  @Override
  public int rows() {
    return starts.length;
  }

  @Override
  public void check(int[] offsets) {
    if (offsets.length - 1 != starts.length) {
      throw new IllegalArgumentException(
          "windows must be of %d rows, got %d".formatted(offsets.length - 1, starts.length));
    }
  }

  @Override
  public int compareRows(int row, Targets other, int otherRow) {
    WindowTargets that = (WindowTargets) other;
    int length = (window + horizon) * width;
    int from = starts[row] * width;
    int otherFrom = that.starts[otherRow] * width;
    return Arrays.compare(steps, from, from + length, that.steps, otherFrom, otherFrom + length);
  }

  @Override
  void addTo(TargetsBuilder builder, int row) {
    throw new IllegalStateException("windows of series are selected, not copied one by one");
  }

  @Override
  void gather(PackedOrder batch, BatchTargets to) {
    int count = horizon * values;
    to.resize(batch.size() * count);
    for (int b = 0; b < batch.size(); b++) {
      int row = batch.row(b);
      for (int i = 0; i < count; i++) {
        int h = i / values;
        int v = i % values;
        to.set(b * count + i, value(origin(row) + h, v) - base(row, h, v), 1);
      }
    }
    for (int b = 0; b < batch.size(); b++) {
      to.setWeight(b, to.rowWeight(batch.row(b)));
    }
  }
}

package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Scratch;
import java.util.Arrays;

/**
 * A matrix that holds a row for each of some consecutive ones of a batch's N packed steps. All rows
 * are named by their number among the N; {@link #startAt} says which of them the matrix begins
 * with, so that a whole batch, one of its segments and a single step are computed by the same
 * calls.
 *
 * <p>Scratch: owned by a tape, grown as needed and kept from batch to batch.
 */
final class Rows {
  private final int width;
  private final int column;
  private final Rows[] views;
  private float[] data = new float[0];

  /** Where row 0 of the N would stand in the storage. */
  private int origin;

  /** Creates a matrix without rows. */
  Rows(int width) {
    this(width, 0, width);
  }

  /**
   * Creates a matrix without rows, some of whose columns are to be named.
   *
   * @param blockWidth columns of a block, a divisor of the width
   */
  Rows(int width, int blockWidth) {
    this(width, 0, blockWidth);
  }

  private Rows(int width, int column, int blockWidth) {
    this.width = width;
    this.column = column;
    origin = column;
    views = new Rows[blockWidth == width ? 0 : width / blockWidth];
    for (int i = 0; i < views.length; i++) {
      views[i] = new Rows(width, i * blockWidth, width);
    }
  }

  /** Returns the same rows, beginning with block {@code i} of their columns. */
  Rows block(int i) {
    return views[i];
  }

  /** Makes room for {@code count} rows; what they held is lost if there was none. */
  void reserve(int count) {
    data = Scratch.grown(data, count * width);
    for (Rows view : views) {
      view.data = data;
    }
  }

  /** Lets the matrix begin with row {@code row} of the N. */
  void startAt(int row) {
    origin = column - row * width;
    for (Rows view : views) {
      view.origin = view.column - row * width;
    }
  }

  /** Returns where row {@code row} of the N stands in {@link #data}. */
  int at(int row) {
    return row * width + origin;
  }

  /** Returns the storage, rows {@link #width} apart; valid until the next {@link #reserve}. */
  float[] data() {
    return data;
  }

  /** Returns the distance of the rows. */
  int width() {
    return width;
  }

  /** Sets rows to zeros. */
  void clear(int row, int count) {
    Arrays.fill(data, at(row), at(row + count), 0f);
  }

  /** Copies rows to those from {@code to} on of a matrix as wide. */
  void copyTo(int row, int count, Rows target, int to) {
    System.arraycopy(data, at(row), target.data, target.at(to), count * width);
  }
}

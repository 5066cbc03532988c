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
  private final Rows whole;
  private final int column;
  private final int width;
  private float[] data = new float[0];
  private int first;

  /** Creates a matrix without rows. */
  Rows(int width) {
    this.whole = this;
    this.column = 0;
    this.width = width;
  }

  private Rows(Rows whole, int column) {
    this.whole = whole;
    this.column = column;
    this.width = whole.width;
  }

  /** Returns a view of the same rows that begins with a column. */
  Rows from(int column) {
    return new Rows(whole, column);
  }

  /** Makes room for {@code count} rows; what they held is lost if there was none. */
  void reserve(int count) {
    whole.data = Scratch.grown(whole.data, count * width);
  }

  /** Lets the matrix begin with row {@code row} of the N. */
  void startAt(int row) {
    whole.first = row;
  }

  /** Returns where row {@code row} of the N stands in {@link #data}. */
  int at(int row) {
    return (row - whole.first) * width + column;
  }

  /** Returns the storage, rows {@link #width} apart; valid until the next {@link #reserve}. */
  float[] data() {
    return whole.data;
  }

  /** Returns the distance of the rows. */
  int width() {
    return width;
  }

  /** Sets rows to zeros. */
  void clear(int row, int count) {
    Arrays.fill(whole.data, at(row), at(row + count), 0f);
  }

  /** Copies rows to those from {@code to} on of a matrix as wide. */
  void copyTo(int row, int count, Rows target, int to) {
    System.arraycopy(data(), at(row), target.data(), target.at(to), count * width);
  }
}

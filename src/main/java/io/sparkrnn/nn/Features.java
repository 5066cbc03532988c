package io.sparkrnn.nn;

import java.util.Arrays;

/**
 * What a layer reads: a matrix of rows, and which row each of the batch's N steps sees. Without an
 * index step n sees row n. The gradient by the rows has the same shape.
 *
 * <p>Scratch: owned by a tape, reused from batch to batch.
 */
final class Features {
  private final int width;
  private float[] rows = new float[0];
  private float[] gradient = new float[0];
  private int count;
  private int[] index;
  private boolean fixed;

  Features(int width) {
    this.width = width;
  }

  /** Makes room for {@code count} rows; their content is undefined. */
  void resize(int count, int[] index) {
    this.count = count;
    this.index = index;
    fixed = false;
    if (rows.length < count * width) {
      rows = new float[count * width + count * width / 4];
    }
  }

  /**
   * Says that the rows are those of the whole embedding table: what is computed from them holds for
   * all batches until the parameters change.
   */
  void fix() {
    fixed = true;
  }

  /** Takes the index of another batch into the same rows. */
  void reindex(int[] index) {
    this.index = index;
  }

  /** Takes the rows of the whole embedding table from another tape's features, if it has them. */
  void borrow(Features other) {
    if (other.fixed) {
      rows = other.rows;
      count = other.count;
      fixed = true;
    }
  }

  /** Says that the parameters have changed. */
  void release() {
    fixed = false;
  }

  /** Returns whether the rows stay the same from batch to batch. */
  boolean isFixed() {
    return fixed;
  }

  /** Sets the gradient to zeros. */
  void clearGradient() {
    if (gradient.length < count * width) {
      gradient = new float[rows.length];
    }
    Arrays.fill(gradient, 0, count * width, 0f);
  }

  int width() {
    return width;
  }

  int count() {
    return count;
  }

  /** Returns the rows, count x width. */
  float[] rows() {
    return rows;
  }

  /** Returns the derivative of the loss by the rows, count x width. */
  float[] gradient() {
    return gradient;
  }

  /** Returns the row of each step, or null when step n sees row n. */
  int[] index() {
    return index;
  }

  int row(int step) {
    return index == null ? step : index[step];
  }
}

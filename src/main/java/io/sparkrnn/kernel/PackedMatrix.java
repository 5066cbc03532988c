package io.sparkrnn.kernel;

import java.util.Arrays;

/**
 * A k x n matrix rearranged for {@link Kernels#multiply}: panels of {@link Kernels#panelWidth()}
 * columns, each panel k rows of contiguous columns, the last padded with zeros.
 *
 * <p>Written by the pack methods, then only read: may be shared between threads once packed.
 */
public final class PackedMatrix {
  private final int panelWidth;
  private int rows;
  private int columns;
  private float[] data = new float[0];

  /**
   * Creates an empty matrix for one implementation.
   *
   * @param kernels the implementation that will read it
   */
  public PackedMatrix(Kernels kernels) {
    this(kernels.panelWidth());
  }

  PackedMatrix(int panelWidth) {
    this.panelWidth = panelWidth;
  }

  /** Returns k. */
  public int rows() {
    return rows;
  }

  /** Returns n. */
  public int columns() {
    return columns;
  }

  /** Returns the panels; not to be modified. */
  float[] data() {
    return data;
  }

  /**
   * Packs a k x n matrix.
   *
   * @param k rows
   * @param n columns
   * @param b row-major from {@code offset}, rows {@code ld} apart. Not modified.
   */
  public void pack(int k, int n, float[] b, int offset, int ld) {
    resize(k, n);
    for (int j0 = 0, to = 0; j0 < n; j0 += panelWidth) {
      int width = Math.min(panelWidth, n - j0);
      for (int p = 0; p < k; p++, to += panelWidth) {
        System.arraycopy(b, offset + p * ld + j0, data, to, width);
      }
    }
  }

  /**
   * Packs the transpose of an n x k matrix, giving k x n.
   *
   * @param k rows of the result, columns of {@code b}
   * @param n columns of the result, rows of {@code b}
   * @param b row-major from {@code offset}, rows {@code ld} apart. Not modified.
   */
  public void packTransposed(int k, int n, float[] b, int offset, int ld) {
    resize(k, n);
    for (int j = 0; j < n; j++) {
      int to = (j / panelWidth) * panelWidth * k + j % panelWidth;
      int from = offset + j * ld;
      for (int p = 0; p < k; p++, to += panelWidth) {
        data[to] = b[from + p];
      }
    }
  }

  /** Halves the columns from .. to, which is exact. */
  public void halve(int from, int to) {
    for (int j = from; j < to; j++) {
      int at = (j / panelWidth) * panelWidth * rows + j % panelWidth;
      for (int p = 0; p < rows; p++, at += panelWidth) {
        data[at] *= 0.5f;
      }
    }
  }

  private void resize(int k, int n) {
    int needed = (n + panelWidth - 1) / panelWidth * panelWidth * k;
    if (k != rows || n != columns) {
      if (data.length < needed) {
        data = new float[needed];
      } else {
        Arrays.fill(data, 0, needed, 0f);
      }
      rows = k;
      columns = n;
    }
  }
}

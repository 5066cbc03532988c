package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.PackedMatrix;

/**
 * Where a matrix of weights stands among the parameters, and its derivative in the gradient.
 *
 * @param offset of its first element
 * @param rows number of rows
 * @param columns number of columns
 * @param stride distance of its rows
 */
record WeightBlock(int offset, int rows, int columns, int stride) {

  /** Returns some of the columns. */
  WeightBlock columns(int from, int count) {
    return new WeightBlock(offset + from, rows, count, stride);
  }

  /** Rearranges the matrix for products with it. */
  void pack(float[] parameters, PackedMatrix target) {
    target.pack(rows, columns, parameters, offset, stride);
  }

  /** Rearranges the transpose for products with it. */
  void packTransposed(float[] parameters, PackedMatrix target) {
    target.packTransposed(columns, rows, parameters, offset, stride);
  }
}

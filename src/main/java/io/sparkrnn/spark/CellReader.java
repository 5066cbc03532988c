package io.sparkrnn.spark;

import io.sparkrnn.train.PackedShard;
import java.io.Serializable;

/** Reads the token ids of a row's cell into a buffer of its own; not for several threads. */
interface CellReader {
  /** Makes the reader of one task. */
  interface Factory extends Serializable {
    CellReader create();
  }

  /** Reads a cell; returns why it is refused, or null when it is not. */
  Refusal read(Object cell);

  /** Returns the buffer; the ids of the last cell are the first {@link #size} of it. */
  int[] ids();

  /** Returns the number of ids of the last cell. */
  int size();

  /**
   * Returns the weights of the steps of a cell that was read before, as a column of its own shows
   * them beside it.
   *
   * @param cell the cell
   * @param rows where the cell's ids went. Not modified.
   * @param row row of the cell among them
   * @param weights one per token of {@code rows}. Not modified.
   */
  float[] align(Object cell, PackedShard rows, int row, float[] weights);
}

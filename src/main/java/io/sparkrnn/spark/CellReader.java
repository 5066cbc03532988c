package io.sparkrnn.spark;

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
}

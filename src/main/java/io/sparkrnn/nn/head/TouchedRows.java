package io.sparkrnn.nn.head;

import java.util.Arrays;

/** The rows of the embedding that a head has added to, each once. Scratch of one thread. */
public final class TouchedRows {
  private int count;
  private int[] ids = new int[0];

  /** A sparse set: id x is known when slot[x] < count and ids[slot[x]] == x; needs no clearing. */
  private int[] slot = new int[0];

  TouchedRows() {}

  /** Returns the number of rows. */
  public int count() {
    return count;
  }

  /** Returns the rows, the first {@link #count()}. Not to be modified. */
  public int[] ids() {
    return ids;
  }

  void clear() {
    count = 0;
  }

  /** Makes room for so many rows. */
  void reserve(int rows) {
    if (slot.length < rows) {
      slot = new int[rows];
      ids = Arrays.copyOf(ids, rows);
    }
  }

  void add(int row) {
    int place = slot[row];
    if (place >= count || ids[place] != row) {
      slot[row] = count;
      ids[count++] = row;
    }
  }

  /** Adds the rows 0 .. rows - 1. */
  void addAll(int rows) {
    if (count < rows) {
      for (int row = 0; row < rows; row++) {
        add(row);
      }
    }
  }
}

package io.sparkrnn.nn.recurrent;

import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.State;

/**
 * States of some rows, or the derivatives by them.
 *
 * @param hidden h, H columns
 * @param cell c of an LSTM, H columns; without columns for other cells
 */
record StateRows(Rows hidden, Rows cell) {

  /** Makes room for {@code count} rows. */
  void reserve(int count) {
    hidden.reserve(count);
    cell.reserve(count);
  }

  /** Lets both begin with row {@code row} of the N. */
  void startAt(int row) {
    hidden.startAt(row);
    cell.startAt(row);
  }

  /** Sets rows to zeros. */
  void clear(int row, int count) {
    hidden.clear(row, count);
    cell.clear(row, count);
  }

  /** Copies rows to those from {@code to} on. */
  void copyTo(int row, int count, StateRows target, int to) {
    hidden.copyTo(row, count, target.hidden, to);
    cell.copyTo(row, count, target.cell, to);
  }

  /**
   * Brings B rows into the caller's order.
   *
   * @param state Modified.
   */
  void read(PackedBatch batch, State state) {
    for (int b = 0; b < batch.size(); b++) {
      int place = batch.position(b) * hidden.width();
      System.arraycopy(hidden.data(), hidden.at(b), state.hidden(), place, hidden.width());
      System.arraycopy(cell.data(), cell.at(b), state.cell(), cellPlace(place), cell.width());
    }
  }

  /**
   * Brings B rows into packed order.
   *
   * @param state Not modified.
   */
  void write(PackedBatch batch, State state) {
    for (int b = 0; b < batch.size(); b++) {
      int place = batch.position(b) * hidden.width();
      System.arraycopy(state.hidden(), place, hidden.data(), hidden.at(b), hidden.width());
      System.arraycopy(state.cell(), cellPlace(place), cell.data(), cell.at(b), cell.width());
    }
  }

  private int cellPlace(int place) {
    return cell.width() == 0 ? 0 : place;
  }
}

package io.sparkrnn.nn.recurrent;

import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.State;

/**
 * The states of one direction over time: where a pass starts, what each step starts from, and where
 * each sequence ends. With several segments the history is that of one of them at a time; only the
 * states between segments are kept, for the way back.
 *
 * <p>Scratch: owned by a tape, written by {@link ForwardSweep} and, at each step, by the cell.
 */
final class StateHistory {
  private final StateRows before;
  private final StateRows last;
  private final StateRows between;
  private final StateRows initial;
  private boolean startsFromZeros = true;

  /**
   * Creates an empty history.
   *
   * @param units H
   * @param cellUnits H for an LSTM, 0 for other cells
   * @param lastHidden h after each sequence's last step, B rows
   */
  StateHistory(int units, int cellUnits, Rows lastHidden) {
    before = new StateRows(new Rows(units), new Rows(cellUnits));
    last = new StateRows(lastHidden, new Rows(cellUnits));
    between = new StateRows(new Rows(units), new Rows(cellUnits));
    initial = new StateRows(new Rows(units), new Rows(cellUnits));
  }

  /** Returns the states before each step of the segment at hand, h(t-1) and c(t-1). */
  StateRows before() {
    return before;
  }

  /** Returns the states after each sequence's last step, B rows; when scoring, those so far. */
  StateRows last() {
    return last;
  }

  /** Whether passes start from zeros, so that nobody asks for the derivative by the start. */
  boolean startsFromZeros() {
    return startsFromZeros;
  }

  /** Lets the next pass start from given states, or from zeros when null. */
  void startFrom(PackedBatch batch, State state) {
    startsFromZeros = state == null;
    if (state != null) {
      initial.reserve(batch.size());
      initial.write(batch, state);
    }
  }

  /** Makes room for a training pass; sequences without steps end where they start. */
  void beginTraining(PackedBatch batch, Segments segments) {
    int between = segments.count() - 1;
    before.reserve(segments.rows() + (between > 0 ? batch.size() : 0));
    this.between.reserve(between * batch.size());
    beginLast(batch, batch.live(0));
  }

  /** Makes room for a scoring pass, in which the last states are the only ones. */
  void beginScoring(PackedBatch batch) {
    beginLast(batch, 0);
  }

  private void beginLast(PackedBatch batch, int from) {
    last.reserve(batch.size());
    last.startAt(0);
    start(from, batch.size() - from, last);
  }

  /** Writes where some sequences start. */
  private void start(int row, int count, StateRows target) {
    if (startsFromZeros) {
      target.clear(row, count);
    } else {
      initial.copyTo(row, count, target, row);
    }
  }

  /** Keeps the states that segment {@code s} starts from, which the one before it has left. */
  void keep(PackedBatch batch, Segments segments, int s) {
    int t = segments.start(s);
    before.copyTo(batch.offset(t), batch.live(t), between, (s - 1) * batch.size());
  }

  /** Begins with segment {@code s} and the states that it starts from. */
  void begin(PackedBatch batch, Segments segments, int s) {
    int t = segments.start(s);
    int first = batch.offset(t);
    before.startAt(first);
    if (s == 0) {
      start(0, batch.live(0), before);
    } else {
      between.copyTo((s - 1) * batch.size(), batch.live(t), before, first);
    }
  }
}

package io.sparkrnn.nn.recurrent;

import io.sparkrnn.nn.PackedBatch;

/**
 * Forward through time over a block. In training every state and activation is kept that the
 * backward sweep needs, or the states between segments from which it computes them again; scoring
 * keeps one state for each sequence.
 *
 * <p>Made for one pass, on one thread.
 */
final class ForwardSweep {
  private final Cell cell;
  private final RecurrentTape tape;
  private final InputProjection projection;
  private final PackedBatch batch;

  ForwardSweep(Cell cell, RecurrentTape tape, PackedBatch batch) {
    this.cell = cell;
    this.tape = tape;
    this.projection = tape.projection();
    this.batch = batch;
  }

  /**
   * Runs over all steps and keeps what a backward sweep needs.
   *
   * @param sequences whether the output at every step is wanted
   */
  void train(boolean sequences) {
    Segments segments = tape.segments;
    StateHistory states = tape.states;
    tape.gates.reserve(segments.rows());
    states.beginTraining(batch, segments);
    tape.cellTanh.reserve(segments.rows());
    for (int s = 0; s < segments.count(); s++) {
      if (s > 0) {
        states.keep(batch, segments, s);
      }
      segment(s, sequences);
    }
  }

  /** Runs over the steps of one segment, whose states and activations replace another's. */
  void segment(int s, boolean sequences) {
    Segments segments = tape.segments;
    int first = batch.offset(segments.start(s));
    int end = segments.start(s + 1);
    tape.startAt(first);
    tape.states.begin(batch, segments, s);
    projection.beginSegment(first, batch.offset(end) - first);
    for (int t = segments.start(s); t < end; t++) {
      trainStep(t);
      if (sequences) {
        keepOutput(t);
      }
    }
  }

  /** What goes on after the step is the next step's state before; what ends is a last state. */
  private void trainStep(int t) {
    StateRows before = tape.before;
    int first = batch.offset(t);
    int live = batch.live(t);
    int going = batch.live(t + 1);
    multiply(first, live, before);
    // h(t), c(t) from a(t) and h(t-1), c(t-1)
    cell.forward(tape, first, going, before, before, first + live);
    if (going < live) {
      cell.forward(tape, first + going, live - going, before, tape.states.last(), going);
    }
  }

  /** a(t) = x(t) Wx + h(t-1) Wh + b. */
  private void multiply(int first, int live, StateRows before) {
    Rows operand = projection.forward(batch, first, live, before.hidden());
    cell.multiply(tape, first, live, operand, projection.addend(first));
  }

  private void keepOutput(int t) {
    int first = batch.offset(t);
    int live = batch.live(t);
    int going = batch.live(t + 1);
    Rows output = tape.output().all();
    tape.before.hidden().copyTo(first + live, going, output, first);
    tape.states.last().hidden().copyTo(going, live - going, output, first + going);
  }

  /**
   * Runs over all steps in place: B rows of state, and gates of one step at a time.
   *
   * @param sequences whether the output at every step is wanted
   */
  void score(boolean sequences) {
    StateRows state = tape.states.last();
    tape.states.beginScoring(batch);
    tape.gates.reserve(batch.size());
    for (int t = 0; t < batch.steps(); t++) {
      int first = batch.offset(t);
      int live = batch.live(t);
      tape.startAt(first);
      state.startAt(first);
      projection.beginSegment(first, live);
      multiply(first, live, state);
      // h(t), c(t) from a(t) and h(t-1), c(t-1)
      cell.forward(tape, first, live, state, state, first);
      if (sequences) {
        state.hidden().copyTo(first, live, tape.output().all(), first);
      }
    }
    state.startAt(0);
  }
}

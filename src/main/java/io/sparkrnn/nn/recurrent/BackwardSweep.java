package io.sparkrnn.nn.recurrent;

import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.StepNorms;

/**
 * Back-propagation through time over a block.
 *
 * <p>The derivatives da(t) by the pre-activations are collected for some steps before they are used
 * for the gradient of the weights, which is then one product over all of their rows; few enough
 * steps that it finds them in the cache.
 *
 * <p>Made for one pass, on one thread.
 */
final class BackwardSweep {
  private final Cell cell;
  private final RecurrentTape tape;
  private final InputProjection projection;
  private final PackedBatch batch;
  private final boolean sequences;
  private final float[] gradient;

  /** End of the rows that {@code dGates} has room for, and of those not yet used. */
  private int roomEnd;

  private int end;

  /**
   * Prepares a pass.
   *
   * @param sequences whether the output at every step has a gradient, besides the last
   * @param gradient derivative of the loss by all parameters. Modified by {@link #run}.
   */
  BackwardSweep(
      Cell cell, RecurrentTape tape, PackedBatch batch, boolean sequences, float[] gradient) {
    this.cell = cell;
    this.tape = tape;
    this.projection = tape.projection();
    this.batch = batch;
    this.sequences = sequences;
    this.gradient = gradient;
  }

  /** Runs over all steps, last to first; adds to the gradient, and to that of the input. */
  void run() {
    StateRows dStates = tape.dStates;
    dStates.startAt(0);
    dStates.reserve(batch.size());
    tape.dGates.reserve(room());
    projection.beginBackward(batch);
    makeRoom(batch.tokens());
    end = batch.tokens();
    int segment = tape.segments.count() - 1;
    for (int t = batch.steps() - 1; t >= 0; t--) {
      if (t < tape.segments.start(segment)) {
        new ForwardSweep(cell, tape, batch).segment(--segment, false);
      }
      beginStep(t);
      step(t);
      int first = batch.offset(t);
      if (Segments.isUsedUp(roomEnd - first, t)) {
        addGradient(first);
        end = first;
        makeRoom(first);
      }
    }
    projection.endBackward(batch);
    endInitialGradient();
  }

  private int room() {
    return Segments.PENDING_ROWS + batch.size();
  }

  /** Lets the room for derivatives end before row {@code row} of the N. */
  private void makeRoom(int row) {
    roomEnd = row;
    tape.dGates.startAt(row - room());
  }

  /** dh(t), dc(t): what the step after has left, what ends here, and what the output adds. */
  private void beginStep(int t) {
    StateRows dStates = tape.dStates;
    int first = batch.offset(t);
    int live = batch.live(t);
    int going = batch.live(t + 1);
    dStates.startAt(first);
    if (going < live) {
      tape.ends().dAll().copyTo(going, live - going, dStates.hidden(), first + going);
      dStates.cell().clear(first + going, live - going);
    }
    if (sequences) {
      Rows dOutput = tape.output().dAll();
      Rows dHidden = dStates.hidden();
      int n = live * dHidden.width();
      tape.kernels.add(n, dOutput.data(), dOutput.at(first), dHidden.data(), dHidden.at(first));
    }
    if (tape.norms() != null) {
      record(t, tape.norms());
    }
  }

  /** From dh(t), dc(t) to da(t), and to dh(t-1), dc(t-1). */
  private void step(int t) {
    int first = batch.offset(t);
    int live = batch.live(t);
    if (!sequences && isPast(t)) {
      addGradient(first + live);
      end = first;
      return;
    }
    boolean direct = cell.backward(tape, first, live, projection.operand());
    projection.backward(batch, t, direct);
    truncate(t);
  }

  /** Uses da of the rows from {@code first} on that are not yet used. */
  private void addGradient(int first) {
    if (first < end) {
      projection.addGradient(first, end - first, gradient);
    }
  }

  /** Whether truncation has left nothing to take back at a step that only last states reach. */
  private boolean isPast(int t) {
    int shortest = batch.length(batch.live(t) - 1);
    return tape.truncatedSteps() > 0 && shortest - t > tape.truncatedSteps();
  }

  /** Stops the derivatives of rows for which step {@code t} is the first of a segment. */
  private void truncate(int t) {
    int steps = tape.truncatedSteps();
    for (int b = 0; steps > 0 && t > 0 && b < batch.live(t); b++) {
      if ((batch.length(b) - t) % steps == 0) {
        tape.dStates.clear(batch.offset(t) + b, 1);
      }
    }
  }

  /** A sequence without steps ends where it starts. */
  private void endInitialGradient() {
    int from = batch.live(0);
    int count = batch.size() - from;
    tape.ends().dAll().copyTo(from, count, tape.dStates.hidden(), from);
    tape.dStates.cell().clear(from, count);
  }

  private void record(int t, StepNorms norms) {
    Rows dHidden = tape.dStates.hidden();
    for (int b = 0; b < batch.live(t); b++) {
      double sum = 0;
      int at = dHidden.at(batch.offset(t) + b);
      for (int i = at; i < at + dHidden.width(); i++) {
        sum += (double) dHidden.data()[i] * dHidden.data()[i];
      }
      norms.add(batch.length(b) - 1 - t, sum, 1);
    }
  }
}

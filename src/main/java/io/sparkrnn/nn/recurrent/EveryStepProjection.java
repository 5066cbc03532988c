package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.nn.PackedBatch;

/**
 * For inputs that differ at every step and cells whose gates see input and state apart (GRU): the
 * rows are brought into reading order, times the dropout mask, and projected straight into the
 * gates.
 */
final class EveryStepProjection extends SeparateProjection {
  private final Rows arranged;
  private final Rows dArranged;
  private Addend bias;

  EveryStepProjection(RecurrentVariables variables, RecurrentTape tape) {
    super(variables, tape);
    arranged = new Rows(variables.inputSize());
    dArranged = new Rows(variables.inputSize());
  }

  /** Whether the steps read the rows of the input one after the other. */
  private boolean readsAsIs() {
    return tape.input().index() == null && !variables.goBackwards() && !tape.inputMask.drops();
  }

  /** Returns the rows of the input in this layer's own order, which may be the input itself. */
  private Rows rows() {
    return readsAsIs() ? tape.input().all() : arranged;
  }

  @Override
  void begin(PackedBatch batch, boolean training) {
    bias = bias(batch.tokens());
    if (!readsAsIs()) {
      float[] rows = tape.input().rows();
      int inputSize = variables.inputSize();
      arranged.reserve(batch.tokens());
      for (int step = 0; step < batch.tokens(); step++) {
        int from = source(batch, step) * inputSize;
        System.arraycopy(rows, from, arranged.data(), arranged.at(step), inputSize);
      }
      mask(batch, arranged);
    }
  }

  private void mask(PackedBatch batch, Rows rows) {
    for (int t = 0; t < batch.steps(); t++) {
      int at = rows.at(batch.offset(t));
      tape.inputMask.multiply(0, batch.live(t), rows.data(), at, rows.data(), at);
    }
  }

  @Override
  void beginSegment(int first, int count) {
    super.beginSegment(first, count);
    Rows gates = tape.gates;
    gates.reserve(count);
    project(first, count, rows(), bias, gates);
  }

  /** The gates hold the projected input already. */
  @Override
  Addend addend(int first) {
    return Addend.target();
  }

  /** A truncated sweep may leave out steps, whose derivative is zero then. */
  @Override
  void beginBackward(PackedBatch batch) {
    if (!readsAsIs()) {
      dArranged.reserve(batch.tokens());
      if (tape.truncatedSteps() > 0) {
        dArranged.clear(0, batch.tokens());
      }
    }
  }

  @Override
  void addGradient(int first, int count, float[] gradient) {
    super.addGradient(first, count, gradient);
    Rows dGates = tape.dGates;
    addInputGradient(first, count, rows(), dGates, gradient);
    if (readsAsIs()) {
      backwardToInput(first, count, dGates, Addend.target(), tape.input().dAll());
    } else {
      backwardToInput(first, count, dGates, Addend.zero(), dArranged);
    }
  }

  /** Brings the derivatives back in order. */
  @Override
  void endBackward(PackedBatch batch) {
    if (readsAsIs()) {
      return;
    }
    int inputSize = variables.inputSize();
    float[] dInput = tape.input().gradient();
    mask(batch, dArranged);
    for (int step = 0; step < batch.tokens(); step++) {
      int to = source(batch, step) * inputSize;
      tape.kernels.add(inputSize, dArranged.data(), dArranged.at(step), dInput, to);
    }
  }
}

package io.sparkrnn.nn;

import io.sparkrnn.kernel.Addend;
import java.util.Arrays;

/**
 * For inputs that differ at every step and cells whose gates see input and state apart (GRU): the
 * rows are brought into reading order, times the dropout mask, and projected straight into the
 * gates.
 */
final class EveryStepProjection extends SeparateProjection {

  EveryStepProjection(RecurrentVariables variables) {
    super(variables);
  }

  @Override
  public void begin(PackedBatch batch, RecurrentTape tape, boolean training) {
    tape.zeros = RecurrentTape.grown(tape.zeros, batch.tokens());
    tape.fromBias = Addend.gather(tape.bias, variables.cell().gateColumns(), tape.zeros);
    tape.reading = arrange(batch, tape);
    tape.start = null;
  }

  @Override
  public void beginRows(RecurrentTape tape, int first, int count) {
    int columns = variables.cell().gateColumns();
    tape.gates = RecurrentTape.grown(tape.gates, count * columns);
    fillBias(tape, tape.gates, count);
    tape.kernels.multiply(
        count,
        tape.reading,
        first * variables.inputSize(),
        variables.inputSize(),
        tape.input,
        tape.fromBias,
        tape.gates,
        0,
        columns,
        tape.scratch);
  }

  /** Whether the steps read the rows of the input one after the other. */
  private boolean asIs(RecurrentTape tape) {
    return tape.input().index() == null && !variables.goBackwards() && tape.inputMask == null;
  }

  private float[] arrange(PackedBatch batch, RecurrentTape tape) {
    Features input = tape.input();
    if (asIs(tape)) {
      return input.rows();
    }
    int inputSize = variables.inputSize();
    tape.arranged = RecurrentTape.grown(tape.arranged, batch.tokens() * inputSize);
    for (int step = 0; step < batch.tokens(); step++) {
      int from = variables.source(batch, input, step) * inputSize;
      System.arraycopy(input.rows(), from, tape.arranged, step * inputSize, inputSize);
    }
    mask(batch, tape, tape.arranged);
    return tape.arranged;
  }

  private void mask(PackedBatch batch, RecurrentTape tape, float[] rows) {
    for (int t = 0; tape.inputMask != null && t < batch.steps(); t++) {
      int at = batch.offset(t) * variables.inputSize();
      tape.kernels.multiplyElements(
          batch.live(t) * variables.inputSize(), rows, at, tape.inputMask, 0, rows, at);
    }
  }

  /** A truncated sweep may leave out steps, whose derivative is zero then. */
  @Override
  public void beginBackward(RecurrentTape tape) {
    if (tape.truncatedSteps > 0 && !asIs(tape)) {
      tape.dArranged = likeArranged(tape);
      Arrays.fill(tape.dArranged, 0f);
    }
  }

  /** Room for the derivatives by the arranged rows; these have grown already. */
  private static float[] likeArranged(RecurrentTape tape) {
    int size = tape.arranged.length;
    return tape.dArranged.length >= size ? tape.dArranged : new float[size];
  }

  @Override
  public void consume(RecurrentTape tape, int first, int count, float[] gradient) {
    int inputSize = variables.inputSize();
    int columns = variables.cell().gateColumns();
    int at = tape.dRow(first);
    boolean asIs = asIs(tape);
    float[] rows = asIs ? tape.input().rows() : tape.arranged;
    tape.dArranged = asIs ? tape.dArranged : likeArranged(tape);
    variables.cell().recurrentGradient(tape, first, count, gradient, variables.recurrent());
    variables.kernelGradient(tape, count, rows, first, tape.dGates, at, gradient);
    tape.kernels.multiply(
        count,
        tape.dGates,
        at * columns,
        columns,
        tape.inputTransposed,
        asIs ? Addend.target() : Addend.zero(),
        asIs ? tape.input().gradient() : tape.dArranged,
        first * inputSize,
        inputSize,
        tape.scratch);
  }

  /** Brings the derivatives back in order. */
  @Override
  public void endBackward(PackedBatch batch, RecurrentTape tape) {
    if (asIs(tape)) {
      return;
    }
    Features input = tape.input();
    int inputSize = variables.inputSize();
    mask(batch, tape, tape.dArranged);
    for (int step = 0; step < batch.tokens(); step++) {
      int to = variables.source(batch, input, step) * inputSize;
      tape.kernels.add(inputSize, tape.dArranged, step * inputSize, input.gradient(), to);
    }
  }
}

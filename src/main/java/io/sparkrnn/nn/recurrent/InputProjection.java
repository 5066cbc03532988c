package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.PackedBatch;

/**
 * How the input of a recurrent layer reaches its gates: projected before the recurrent product
 * ({@link SeparateProjection}) or in one product with h(t-1) ({@link ConcatenatedProjection}). It
 * provides the operand of the recurrent product (see {@link Cell}) and takes the derivatives of
 * both back to the input.
 *
 * <p>A part of a tape, with scratch of its own.
 */
abstract class InputProjection {
  final RecurrentVariables variables;
  final RecurrentTape tape;
  private int[] zeros = new int[0];

  InputProjection(RecurrentVariables variables, RecurrentTape tape) {
    this.variables = variables;
    this.tape = tape;
  }

  /** Returns the biases for every row: an addend of as many rows as said. */
  final Addend bias(int rows) {
    zeros = Scratch.grown(zeros, rows);
    return Addend.gather(tape.weights().bias(), variables.cell().gateColumns(), zeros);
  }

  /** Returns the row of the input that step {@code step} of the N reads. */
  final int source(PackedBatch batch, int step) {
    return tape.input().row(variables.goBackwards() ? batch.reversed()[step] : step);
  }

  /** Whether both kernels are one, for the operand [x(t) h(t-1)]. */
  boolean concatenates() {
    return false;
  }

  /** Rearranges the parameters for the products. */
  abstract void pack(float[] parameters, boolean training);

  /** Prepares all steps of a block. */
  abstract void begin(PackedBatch batch, boolean training);

  /** Prepares rows first .. first + count, with which the tape's arrays over the steps begin. */
  void beginSegment(int first, int count) {}

  /** Returns what the recurrent product of the step from row {@code first} on is added to. */
  abstract Addend addend(int first);

  /**
   * Returns the operand of the recurrent product of a step.
   *
   * @param first first row of the step
   * @param live rows of the step
   * @param hidden h(t-1). Not modified.
   */
  abstract Rows forward(PackedBatch batch, int first, int live, Rows hidden);

  /** Returns the operands of the steps at hand, which {@link #forward} has made. */
  abstract Rows operand();

  /** Prepares the backward sweep. */
  void beginBackward(PackedBatch batch) {}

  /**
   * From da(t) to dh(t-1) in the tape's {@code dStates}, and to dx(t) where it goes the same way.
   *
   * @param added whether {@code dStates} already holds a part of dh(t-1)
   */
  abstract void backward(PackedBatch batch, int t, boolean added);

  /** Uses da of rows first .. first + count for all gradients that it enters. */
  abstract void addGradient(int first, int count, float[] gradient);

  /** Does what is done once for all steps of a block. */
  void endBackward(PackedBatch batch) {}

  /** Does what is done once for all blocks of a batch. */
  void finish(float[] gradient) {}
}

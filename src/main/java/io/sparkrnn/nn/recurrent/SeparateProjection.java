package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.nn.PackedBatch;

/** The input is projected by a product of its own; the operand of a step is h(t-1) alone. */
abstract class SeparateProjection extends InputProjection {
  private final Rows masked;
  private final Rows dMasked;

  SeparateProjection(RecurrentVariables variables, RecurrentTape tape) {
    super(variables, tape);
    masked = new Rows(variables.units());
    dMasked = new Rows(variables.units());
  }

  @Override
  void pack(float[] parameters, boolean training) {
    Cell cell = variables.cell();
    PackedWeights weights = tape.weights();
    variables.kernel().pack(parameters, weights.input());
    cell.scale(weights.input());
    if (training) {
      variables.kernel().packTransposed(parameters, weights.inputTransposed());
    }
    cell.packBias(parameters, variables.bias(), weights.bias());
    cell.pack(parameters, variables.recurrent(), weights, training);
  }

  /**
   * Projects rows of the input: target = rows Wx + b. Gate columns that the input kernel does not
   * produce hold a bias of their own.
   */
  final void project(int first, int count, Rows rows, Addend bias, Rows target) {
    PackedWeights weights = tape.weights();
    int from = variables.cell().inputColumns();
    int columns = target.width() - from;
    for (int row = first; row < first + count && columns > 0; row++) {
      System.arraycopy(weights.bias(), from, target.data(), target.at(row) + from, columns);
    }
    tape.products.multiply(first, count, rows, weights.input(), bias, target);
  }

  /** Adds the gradients of input kernel and bias: dWx += rows' dGates, db += sums of dGates. */
  final void addInputGradient(int first, int count, Rows rows, Rows dGates, float[] gradient) {
    Cell cell = variables.cell();
    cell.addBiasGradient(tape, first, count, dGates, gradient, variables.bias());
    tape.products.addGradient(first, count, rows, dGates, gradient, variables.kernel());
  }

  /** dRows = addend + dGates Wx'. */
  final void backwardToInput(int first, int count, Rows dGates, Addend addend, Rows dRows) {
    tape.products.multiply(first, count, dGates, tape.weights().inputTransposed(), addend, dRows);
  }

  @Override
  void beginSegment(int first, int count) {
    masked.startAt(first);
  }

  @Override
  Rows forward(PackedBatch batch, int first, int live, Rows hidden) {
    DropoutMask mask = tape.recurrentMask;
    if (!mask.drops()) {
      return hidden;
    }
    masked.reserve(tape.segments.rows());
    mask.multiply(0, live, hidden.data(), hidden.at(first), masked.data(), masked.at(first));
    return masked;
  }

  @Override
  Rows operand() {
    return tape.recurrentMask.drops() ? masked : tape.before.hidden();
  }

  @Override
  void backward(PackedBatch batch, int t, boolean added) {
    if (t == 0 && tape.states.startsFromZeros()) {
      return;
    }
    Cell cell = variables.cell();
    DropoutMask mask = tape.recurrentMask;
    Rows dHidden = tape.dStates.hidden();
    int first = batch.offset(t);
    int live = batch.live(t);
    if (!mask.drops()) {
      // dh(t-1) += da(t) Wh'
      Addend sofar = added ? Addend.target() : Addend.zero();
      cell.backwardToOperand(tape, first, live, sofar, dHidden);
      return;
    }
    // dh(t-1) += mask * da(t) Wh'
    dMasked.reserve(batch.size());
    dMasked.startAt(first);
    cell.backwardToOperand(tape, first, live, Addend.zero(), dMasked);
    float[] d = dMasked.data();
    mask.multiply(0, live, d, 0, d, 0);
    if (!added) {
      dHidden.clear(first, live);
    }
    tape.kernels.add(live * dHidden.width(), d, 0, dHidden.data(), dHidden.at(first));
  }

  @Override
  void addGradient(int first, int count, float[] gradient) {
    Cell cell = variables.cell();
    cell.addKernelGradient(tape, first, count, operand(), gradient, variables.recurrent());
  }
}

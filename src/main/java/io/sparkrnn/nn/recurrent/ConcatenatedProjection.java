package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.nn.PackedBatch;

/**
 * Input and previous state side by side, [x(t) h(t-1)], and one product with both kernels for each
 * step: for inputs that differ at every step (dropout, vectors, the layer below). The gates then
 * are written once, where a projection before the first step would write them to memory and read
 * them back.
 */
final class ConcatenatedProjection extends InputProjection {
  private final Rows operand;
  private final Rows dOperand;
  private Addend bias;

  ConcatenatedProjection(RecurrentVariables variables, RecurrentTape tape) {
    super(variables, tape);
    operand = new Rows(variables.inputSize() + variables.units());
    dOperand = new Rows(operand.width());
  }

  @Override
  boolean concatenates() {
    return true;
  }

  @Override
  void pack(float[] parameters, boolean training) {
    Cell cell = variables.cell();
    PackedWeights weights = tape.weights();
    cell.packBias(parameters, variables.bias(), weights.bias());
    cell.pack(parameters, variables.concatenated(), weights, training);
  }

  @Override
  void begin(PackedBatch batch, boolean training) {
    operand.reserve(training ? tape.segments.rows() : batch.size());
    bias = bias(batch.size());
  }

  @Override
  void beginSegment(int first, int count) {
    operand.startAt(first);
  }

  @Override
  Addend addend(int first) {
    return bias;
  }

  @Override
  Rows operand() {
    return operand;
  }

  @Override
  Rows forward(PackedBatch batch, int first, int live, Rows hidden) {
    int inputSize = variables.inputSize();
    float[] rows = tape.input().rows();
    for (int b = 0; b < live; b++) {
      int x = source(batch, first + b) * inputSize;
      int to = operand.at(first + b);
      tape.inputMask.multiply(b, 1, rows, x, operand.data(), to);
      tape.recurrentMask.multiply(
          b, 1, hidden.data(), hidden.at(first + b), operand.data(), to + inputSize);
    }
    return operand;
  }

  /** d[x(t) h(t-1)] = da(t) W'. */
  @Override
  void backward(PackedBatch batch, int t, boolean added) {
    int first = batch.offset(t);
    int live = batch.live(t);
    dOperand.reserve(batch.size());
    dOperand.startAt(first);
    variables.cell().backwardToOperand(tape, first, live, Addend.zero(), dOperand);
    int inputSize = variables.inputSize();
    float[] dInput = tape.input().gradient();
    Rows dHidden = tape.dStates.hidden();
    float[] d = dOperand.data();
    for (int b = 0; b < live; b++) {
      int from = dOperand.at(first + b);
      int x = source(batch, first + b) * inputSize;
      tape.inputMask.multiply(b, 1, d, from, d, from);
      tape.kernels.add(inputSize, d, from, dInput, x);
      tape.recurrentMask.multiply(b, 1, d, from + inputSize, dHidden.data(), dHidden.at(first + b));
    }
  }

  @Override
  void addGradient(int first, int count, float[] gradient) {
    Cell cell = variables.cell();
    Rows dGates = tape.dGates;
    cell.addBiasGradient(tape, first, count, dGates, gradient, variables.bias());
    cell.addKernelGradient(tape, first, count, operand, gradient, variables.concatenated());
  }
}

package io.sparkrnn.nn;

import io.sparkrnn.kernel.Addend;

/**
 * Input and previous state side by side, [x(t) h(t-1)], and one product with both kernels for each
 * step: for inputs that differ at every step (dropout, vectors, the layer below). The gates then
 * are written once, where a projection before the first step would write them to memory and read
 * them back.
 */
record ConcatenatedProjection(RecurrentVariables variables) implements InputProjection {

  @Override
  public void pack(float[] parameters, RecurrentTape tape, boolean training) {
    tape.seenWidth = variables.inputSize() + variables.units();
    variables.cell().inputBias(parameters, variables.bias(), tape.bias);
    variables.cell().pack(parameters, variables.kernel(), tape, training);
  }

  @Override
  public void begin(PackedBatch batch, RecurrentTape tape, boolean training) {
    int rows = training ? tape.segments.rows() : batch.size();
    tape.joined = RecurrentTape.grown(tape.joined, rows * tape.seenWidth);
    tape.seen = tape.joined;
    tape.zeros = RecurrentTape.grown(tape.zeros, batch.tokens());
    tape.start = Addend.gather(tape.bias, variables.cell().gateColumns(), tape.zeros);
  }

  @Override
  public void see(
      PackedBatch batch,
      RecurrentTape tape,
      int first,
      int live,
      float[] state,
      int stateFirst,
      int seenFirst) {
    int inputSize = variables.inputSize();
    int units = variables.units();
    Features input = tape.input();
    for (int b = 0; b < live; b++) {
      int x = variables.source(batch, input, first + b) * inputSize;
      int to = (seenFirst + b) * tape.seenWidth;
      copy(tape, inputSize, input.rows(), x, tape.inputMask, b, to);
      copy(tape, units, state, (stateFirst + b) * units, tape.recurrentMask, b, to + inputSize);
    }
  }

  private static void copy(
      RecurrentTape tape, int n, float[] from, int at, float[] mask, int b, int to) {
    if (mask == null) {
      System.arraycopy(from, at, tape.joined, to, n);
    } else {
      tape.kernels.multiplyElements(n, from, at, mask, b * n, tape.joined, to);
    }
  }

  @Override
  public void carry(PackedBatch batch, RecurrentTape tape, int t, boolean direct) {
    int live = batch.live(t);
    int first = batch.offset(t);
    int inputSize = variables.inputSize();
    int units = variables.units();
    tape.dSeen = RecurrentTape.grown(tape.dSeen, batch.size() * tape.seenWidth);
    variables.cell().productBackward(tape, first, live, false, tape.dSeen);
    float[] dInput = tape.input().gradient();
    for (int b = 0; b < live; b++) {
      int from = b * tape.seenWidth;
      int x = variables.source(batch, tape.input(), first + b) * inputSize;
      if (tape.inputMask != null) {
        tape.kernels.multiplyElements(
            inputSize, tape.dSeen, from, tape.inputMask, b * inputSize, tape.dSeen, from);
      }
      tape.kernels.add(inputSize, tape.dSeen, from, dInput, x);
      if (tape.recurrentMask == null) {
        System.arraycopy(tape.dSeen, from + inputSize, tape.dHidden, b * units, units);
      } else {
        tape.kernels.multiplyElements(
            units,
            tape.dSeen,
            from + inputSize,
            tape.recurrentMask,
            b * units,
            tape.dHidden,
            b * units);
      }
    }
  }

  @Override
  public void consume(RecurrentTape tape, int first, int count, float[] gradient) {
    Cell cell = variables.cell();
    cell.biasGradient(tape, count, tape.dGates, tape.dRow(first), gradient, variables.bias());
    cell.recurrentGradient(tape, first, count, gradient, variables.kernel());
  }
}

package io.sparkrnn.nn;

import io.sparkrnn.kernel.Addend;
import java.util.Arrays;

/**
 * For token ids: the rows of the distinct tokens are projected once, and a step gathers its own.
 * Backward, the gate derivatives are first summed per distinct token.
 */
final class DistinctProjection extends SeparateProjection {

  DistinctProjection(RecurrentVariables variables) {
    super(variables);
  }

  @Override
  public void begin(PackedBatch batch, RecurrentTape tape, boolean training) {
    Features input = tape.input();
    int columns = variables.cell().gateColumns();
    if (tape.projectedVersion != input.version()) {
      project(tape, input, columns);
      tape.projectedVersion = input.version();
      if (training) {
        clearGradient(tape, input.count() * columns);
      }
    }
    tape.start = Addend.gather(tape.projected, columns, order(batch, tape));
  }

  private void project(RecurrentTape tape, Features input, int columns) {
    tape.zeros = RecurrentTape.grown(tape.zeros, input.count());
    tape.projected = RecurrentTape.grown(tape.projected, input.count() * columns);
    fillBias(tape, tape.projected, input.count());
    tape.kernels.multiply(
        input.count(),
        input.rows(),
        0,
        variables.inputSize(),
        tape.input,
        Addend.gather(tape.bias, columns, tape.zeros),
        tape.projected,
        0,
        columns,
        tape.scratch);
  }

  /** Returns the index in the order in which this direction reads. */
  private int[] order(PackedBatch batch, RecurrentTape tape) {
    int[] index = tape.input().index();
    if (!variables.goBackwards()) {
      return index;
    }
    int[] reversed = batch.reversed();
    tape.index = RecurrentTape.grown(tape.index, batch.tokens());
    for (int p = 0; p < batch.tokens(); p++) {
      tape.index[p] = index[reversed[p]];
    }
    return tape.index;
  }

  private static void clearGradient(RecurrentTape tape, int size) {
    tape.dProjected = RecurrentTape.grown(tape.dProjected, size);
    Arrays.fill(tape.dProjected, 0, size, 0f);
  }

  @Override
  public void consume(RecurrentTape tape, int first, int count, float[] gradient) {
    int columns = variables.cell().gateColumns();
    int[] index = variables.goBackwards() ? tape.index : tape.input().index();
    variables.cell().recurrentGradient(tape, first, count, gradient, variables.recurrent());
    tape.kernels.scatterAdd(
        count, columns, tape.dGates, tape.dRow(first) * columns, index, first, tape.dProjected);
  }

  @Override
  public void finish(RecurrentTape tape, float[] gradient) {
    Features input = tape.input();
    int columns = variables.cell().gateColumns();
    variables.kernelGradient(tape, input.count(), input.rows(), 0, tape.dProjected, 0, gradient);
    tape.kernels.multiply(
        input.count(),
        tape.dProjected,
        0,
        columns,
        tape.inputTransposed,
        Addend.target(),
        input.gradient(),
        0,
        variables.inputSize(),
        tape.scratch);
  }
}

package io.sparkrnn.nn;

import java.util.Arrays;

/** The input is projected for all steps at once; a step adds the recurrent product alone. */
abstract class SeparateProjection implements InputProjection {
  final RecurrentVariables variables;

  SeparateProjection(RecurrentVariables variables) {
    this.variables = variables;
  }

  @Override
  public void pack(float[] parameters, RecurrentTape tape, boolean training) {
    Cell cell = variables.cell();
    int inputSize = variables.inputSize();
    int columns = cell.inputColumns();
    tape.seenWidth = variables.units();
    tape.projectedVersion = RecurrentTape.NOT_PROJECTED;
    tape.input.pack(inputSize, columns, parameters, variables.kernel(), columns);
    cell.scale(tape.input);
    if (training) {
      tape.inputTransposed.packTransposed(
          columns, inputSize, parameters, variables.kernel(), columns);
    }
    cell.inputBias(parameters, variables.bias(), tape.bias);
    cell.pack(parameters, variables.recurrent(), tape, training);
  }

  /** Gate columns that the input kernel does not produce hold a bias of their own. */
  final void fillBias(RecurrentTape tape, float[] gates, int rows) {
    int columns = variables.cell().gateColumns();
    int from = variables.cell().inputColumns();
    for (int r = 0; r < rows && from < columns; r++) {
      System.arraycopy(tape.bias, from, gates, r * columns + from, columns - from);
    }
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
    if (tape.recurrentMask == null) {
      tape.seen = state;
      return;
    }
    int units = variables.units();
    tape.dropped = RecurrentTape.grown(tape.dropped, tape.segments.rows() * units);
    tape.seen = tape.dropped;
    tape.kernels.multiplyElements(
        live * units,
        state,
        stateFirst * units,
        tape.recurrentMask,
        0,
        tape.dropped,
        seenFirst * units);
  }

  @Override
  public void carry(PackedBatch batch, RecurrentTape tape, int t, boolean direct) {
    if (t == 0 && !tape.started()) {
      return;
    }
    Cell cell = variables.cell();
    int first = batch.offset(t);
    int live = batch.live(t);
    if (tape.recurrentMask == null) {
      cell.productBackward(tape, first, live, direct, tape.dHidden);
      return;
    }
    int n = live * variables.units();
    tape.dSeen = RecurrentTape.grown(tape.dSeen, batch.size() * variables.units());
    cell.productBackward(tape, first, live, false, tape.dSeen);
    tape.kernels.multiplyElements(n, tape.dSeen, 0, tape.recurrentMask, 0, tape.dSeen, 0);
    if (!direct) {
      Arrays.fill(tape.dHidden, 0, n, 0f);
    }
    tape.kernels.add(n, tape.dSeen, 0, tape.dHidden, 0);
  }
}

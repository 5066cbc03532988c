package io.sparkrnn.nn;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.kernel.PackedMatrix;

/**
 * LSTM without peepholes, gates in Keras's order i, f, c, o.
 *
 * <pre>
 *   [i f c~ o] = x(t) Wx + h(t-1) Wh + b
 *   c(t) = sigmoid(f) * c(t-1) + sigmoid(i) * tanh(c~)
 *   h(t) = sigmoid(o) * tanh(c(t))
 * </pre>
 *
 * <p>Since sigmoid(x) = (1 + tanh(x / 2)) / 2, the kernels of i, f and o are packed halved: one
 * tanh then serves all gates of a step. Halving is exact.
 *
 * @see <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter and Schmidhuber, 1997</a>
 */
record LstmCell(int units) implements Cell {

  @Override
  public int gateColumns() {
    return 4 * units;
  }

  @Override
  public int inputColumns() {
    return 4 * units;
  }

  @Override
  public int[] biasShape() {
    return new int[] {4 * units};
  }

  @Override
  public void inputBias(float[] parameters, int biasOffset, float[] bias) {
    System.arraycopy(parameters, biasOffset, bias, 0, 4 * units);
    for (int j = 0; j < 4 * units; j++) {
      bias[j] *= j / units == 2 ? 1f : 0.5f;
    }
  }

  @Override
  public void scale(PackedMatrix kernel) {
    kernel.halve(0, 2 * units);
    kernel.halve(3 * units, 4 * units);
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public void pack(float[] parameters, int offset, RecurrentTape tape, boolean training) {
    tape.recurrent.pack(tape.seenWidth, 4 * units, parameters, offset, 4 * units);
    scale(tape.recurrent);
    if (training) {
      tape.recurrentTransposed.packTransposed(
          4 * units, tape.seenWidth, parameters, offset, 4 * units);
    }
  }

  @Override
  public void product(RecurrentTape tape, Addend table, int count, int seenFirst, int gatesFirst) {
    tape.kernels.multiply(
        count,
        tape.seen,
        seenFirst * tape.seenWidth,
        tape.seenWidth,
        tape.recurrent,
        table == null ? Addend.target() : table,
        tape.gates,
        gatesFirst * 4 * units,
        4 * units,
        tape.scratch);
  }

  @Override
  public void activate(
      RecurrentTape tape,
      int count,
      int gatesFirst,
      boolean training,
      float[] state,
      float[] cell,
      int stateFirst,
      float[] next,
      int nextFirst,
      float[] nextCell,
      int nextCellFirst) {
    tape.kernels.lstmForward(
        count,
        units,
        tape.gates,
        gatesFirst * 4 * units,
        cell,
        stateFirst * units,
        nextCell,
        nextCellFirst * units,
        training ? tape.cellTanh : null,
        gatesFirst * units,
        next,
        nextFirst * units);
  }

  @Override
  public boolean deactivate(RecurrentTape tape, int first, int count) {
    tape.kernels.lstmBackward(
        count,
        units,
        tape.gates,
        tape.row(first) * 4 * units,
        tape.cellBefore,
        tape.row(first) * units,
        tape.cellTanh,
        tape.row(first) * units,
        tape.dHidden,
        0,
        tape.dCell,
        0,
        tape.dGates,
        tape.dRow(first) * 4 * units);
    return false;
  }

  @Override
  public void productBackward(
      RecurrentTape tape, int first, int count, boolean accumulate, float[] target) {
    tape.kernels.multiply(
        count,
        tape.dGates,
        tape.dRow(first) * 4 * units,
        4 * units,
        tape.recurrentTransposed,
        accumulate ? Addend.target() : Addend.zero(),
        target,
        0,
        tape.seenWidth,
        tape.scratch);
  }

  @Override
  public void recurrentGradient(
      RecurrentTape tape, int first, int count, float[] gradient, int offset) {
    tape.kernels.addTransposedProduct(
        count,
        tape.seenWidth,
        4 * units,
        tape.seen,
        tape.row(first) * tape.seenWidth,
        tape.seenWidth,
        tape.dGates,
        tape.dRow(first) * 4 * units,
        4 * units,
        gradient,
        offset,
        4 * units,
        tape.scratch);
  }

  @Override
  public void biasGradient(
      RecurrentTape tape, int rows, float[] dInput, int from, float[] gradient, int biasOffset) {
    tape.kernels.addColumnSums(rows, 4 * units, dInput, from * 4 * units, gradient, biasOffset);
  }
}

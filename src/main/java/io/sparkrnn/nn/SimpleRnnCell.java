package io.sparkrnn.nn;

import io.sparkrnn.kernel.Addend;

/**
 * The fully connected recurrent cell of Elman.
 *
 * <pre>
 *   h(t) = tanh(x(t) Wx + h(t-1) Wh + b)
 * </pre>
 *
 * @see <a href="https://doi.org/10.1207/s15516709cog1402_1">Elman, 1990</a>
 */
record SimpleRnnCell(int units) implements Cell {

  @Override
  public int gateColumns() {
    return units;
  }

  @Override
  public int inputColumns() {
    return units;
  }

  @Override
  public int[] biasShape() {
    return new int[] {units};
  }

  @Override
  public void inputBias(float[] parameters, int biasOffset, float[] bias) {
    System.arraycopy(parameters, biasOffset, bias, 0, units);
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public void pack(float[] parameters, int offset, RecurrentTape tape, boolean training) {
    tape.recurrent.pack(tape.seenWidth, units, parameters, offset, units);
    if (training) {
      tape.recurrentTransposed.packTransposed(units, tape.seenWidth, parameters, offset, units);
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
        gatesFirst * units,
        units,
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
    tape.kernels.tanh(count * units, tape.gates, gatesFirst * units);
    System.arraycopy(tape.gates, gatesFirst * units, next, nextFirst * units, count * units);
  }

  @Override
  public boolean deactivate(RecurrentTape tape, int first, int count) {
    int at = tape.dRow(first) * units;
    System.arraycopy(tape.dHidden, 0, tape.dGates, at, count * units);
    tape.kernels.tanhBackward(count * units, tape.gates, tape.row(first) * units, tape.dGates, at);
    return false;
  }

  @Override
  public void productBackward(
      RecurrentTape tape, int first, int count, boolean accumulate, float[] target) {
    tape.kernels.multiply(
        count,
        tape.dGates,
        tape.dRow(first) * units,
        units,
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
        units,
        tape.seen,
        tape.row(first) * tape.seenWidth,
        tape.seenWidth,
        tape.dGates,
        tape.dRow(first) * units,
        units,
        gradient,
        offset,
        units,
        tape.scratch);
  }

  @Override
  public void biasGradient(
      RecurrentTape tape, int rows, float[] dInput, int from, float[] gradient, int biasOffset) {
    tape.kernels.addColumnSums(rows, units, dInput, from * units, gradient, biasOffset);
  }
}

package io.sparkrnn.nn;

import io.sparkrnn.kernel.Addend;

/**
 * GRU in both of Keras's variants, gates in Keras's order z, r, h.
 *
 * <pre>
 *   z = sigmoid(x Wz + h(t-1) Uz + bz)      r = sigmoid(x Wr + h(t-1) Ur + br)
 *   resetAfter:  n = tanh(x Wn + bn + r * (h(t-1) Un + cn))
 *   otherwise:   n = tanh(x Wn + bn + (r * h(t-1)) Un)
 *   h(t) = z * h(t-1) + (1 - z) * n
 * </pre>
 *
 * <p>The tape's gates have four blocks: z, r, n, and what the reset gate acts on: h(t-1) Un + cn
 * when resetting after the product, r * h(t-1) otherwise.
 *
 * @see <a href="https://arxiv.org/abs/1406.1078">Cho et al., 2014</a>
 */
record GruCell(int units, boolean resetAfter) implements Cell {

  @Override
  public int gateColumns() {
    return 4 * units;
  }

  @Override
  public int inputColumns() {
    return 3 * units;
  }

  @Override
  public int[] biasShape() {
    return resetAfter ? new int[] {2, 3 * units} : new int[] {3 * units};
  }

  @Override
  public void inputBias(float[] parameters, int biasOffset, float[] bias) {
    System.arraycopy(parameters, biasOffset, bias, 0, 3 * units);
    if (resetAfter) {
      int recurrent = biasOffset + 3 * units;
      for (int i = 0; i < 2 * units; i++) {
        bias[i] += parameters[recurrent + i];
      }
      System.arraycopy(parameters, recurrent + 2 * units, bias, 3 * units, units);
    }
  }

  /** The reset gate stands between the candidate's two products. */
  @Override
  public boolean joins() {
    return false;
  }

  @Override
  public void pack(float[] parameters, int offset, RecurrentTape tape, boolean training) {
    int columns = 3 * units;
    int candidate = offset + 2 * units;
    tape.recurrent.pack(units, 2 * units, parameters, offset, columns);
    tape.candidate.pack(units, units, parameters, candidate, columns);
    if (training) {
      tape.recurrentTransposed.packTransposed(2 * units, units, parameters, offset, columns);
      tape.candidateTransposed.packTransposed(units, units, parameters, candidate, columns);
    }
  }

  @Override
  public void product(RecurrentTape tape, Addend table, int count, int seenFirst, int gatesFirst) {
    float[] gates = tape.gates;
    float[] hidden = tape.seen;
    int at = gatesFirst * 4 * units;
    Addend start = table == null ? Addend.target() : table.column(0);
    tape.kernels.multiply(
        count,
        hidden,
        seenFirst * units,
        units,
        tape.recurrent,
        start,
        gates,
        at,
        4 * units,
        tape.scratch);
    if (table != null) {
      table.copy(count, 2 * units, units, gates, at + 2 * units, 4 * units);
    }
    if (resetAfter) {
      start = table == null ? start : table.column(3 * units);
      tape.kernels.multiply(
          count,
          hidden,
          seenFirst * units,
          units,
          tape.candidate,
          start,
          gates,
          at + 3 * units,
          4 * units,
          tape.scratch);
    } else {
      tape.kernels.gruReset(count, units, gates, at, hidden, seenFirst * units);
      tape.kernels.multiply(
          count,
          gates,
          at + 3 * units,
          4 * units,
          tape.candidate,
          Addend.target(),
          gates,
          at + 2 * units,
          4 * units,
          tape.scratch);
    }
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
    tape.kernels.gruForward(
        count,
        units,
        resetAfter,
        tape.gates,
        gatesFirst * 4 * units,
        state,
        stateFirst * units,
        next,
        nextFirst * units);
  }

  @Override
  public boolean deactivate(RecurrentTape tape, int first, int count) {
    tape.kernels.gruBackward(
        count,
        units,
        resetAfter,
        tape.gates,
        tape.row(first) * 4 * units,
        tape.before,
        tape.row(first) * units,
        tape.dHidden,
        0,
        tape.dGates,
        tape.dRow(first) * 4 * units);
    if (!resetAfter) {
      resetBackward(tape, first, count);
    }
    return true;
  }

  /** Back through n's product and the reset gate; what reaches h(t-1) this way is added to dh. */
  private void resetBackward(RecurrentTape tape, int first, int count) {
    int at = tape.dRow(first) * 4 * units;
    tape.dReset = RecurrentTape.grown(tape.dReset, count * units);
    tape.kernels.multiply(
        count,
        tape.dGates,
        at + 2 * units,
        4 * units,
        tape.candidateTransposed,
        Addend.zero(),
        tape.dReset,
        0,
        units,
        tape.scratch);
    tape.kernels.gruResetBackward(
        count,
        units,
        tape.gates,
        tape.row(first) * 4 * units,
        tape.seen,
        tape.row(first) * units,
        tape.dReset,
        0,
        tape.dGates,
        at);
    if (tape.recurrentMask != null) {
      tape.kernels.multiplyElements(
          count * units, tape.dReset, 0, tape.recurrentMask, 0, tape.dReset, 0);
    }
    tape.kernels.add(count * units, tape.dReset, 0, tape.dHidden, 0);
  }

  @Override
  public void productBackward(
      RecurrentTape tape, int first, int count, boolean accumulate, float[] target) {
    int at = tape.dRow(first) * 4 * units;
    Addend start = accumulate ? Addend.target() : Addend.zero();
    if (resetAfter) {
      tape.kernels.multiply(
          count,
          tape.dGates,
          at + 3 * units,
          4 * units,
          tape.candidateTransposed,
          start,
          target,
          0,
          units,
          tape.scratch);
      start = Addend.target();
    }
    tape.kernels.multiply(
        count,
        tape.dGates,
        at,
        4 * units,
        tape.recurrentTransposed,
        start,
        target,
        0,
        units,
        tape.scratch);
  }

  @Override
  public void recurrentGradient(
      RecurrentTape tape, int first, int count, float[] gradient, int recurrentOffset) {
    float[] hidden = tape.seen;
    int columns = 3 * units;
    int at = tape.dRow(first) * 4 * units;
    tape.kernels.addTransposedProduct(
        count,
        units,
        2 * units,
        hidden,
        tape.row(first) * units,
        units,
        tape.dGates,
        at,
        4 * units,
        gradient,
        recurrentOffset,
        columns,
        tape.scratch);
    int candidate = recurrentOffset + 2 * units;
    if (resetAfter) {
      tape.kernels.addTransposedProduct(
          count,
          units,
          units,
          hidden,
          tape.row(first) * units,
          units,
          tape.dGates,
          at + 3 * units,
          4 * units,
          gradient,
          candidate,
          columns,
          tape.scratch);
    } else {
      tape.kernels.addTransposedProduct(
          count,
          units,
          units,
          tape.gates,
          tape.row(first) * 4 * units + 3 * units,
          4 * units,
          tape.dGates,
          at + 2 * units,
          4 * units,
          gradient,
          candidate,
          columns,
          tape.scratch);
    }
  }

  @Override
  public void biasGradient(
      RecurrentTape tape, int rows, float[] dInput, int from, float[] gradient, int biasOffset) {
    for (int r = from; r < from + rows; r++) {
      tape.kernels.add(3 * units, dInput, r * 4 * units, gradient, biasOffset);
      if (resetAfter) {
        tape.kernels.add(2 * units, dInput, r * 4 * units, gradient, biasOffset + 3 * units);
        tape.kernels.add(
            units, dInput, r * 4 * units + 3 * units, gradient, biasOffset + 5 * units);
      }
    }
  }
}

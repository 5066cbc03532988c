package io.sparkrnn.nn.recurrent;

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

  /** h(t) = tanh(a(t)). */
  @Override
  public void forward(
      RecurrentTape tape, int first, int count, StateRows from, StateRows to, int toRow) {
    Rows gates = tape.gates;
    tape.kernels.tanh(count * units, gates.data(), gates.at(first));
    gates.copyTo(first, count, to.hidden(), toRow);
  }

  /** da(t) = dh(t) * (1 - h(t)^2). */
  @Override
  public boolean backward(RecurrentTape tape, int first, int count, Rows operand) {
    Rows gates = tape.gates;
    Rows dGates = tape.dGates;
    tape.dStates.hidden().copyTo(first, count, dGates, first);
    tape.kernels.tanhBackward(
        count * units, gates.data(), gates.at(first), dGates.data(), dGates.at(first));
    return false;
  }
}

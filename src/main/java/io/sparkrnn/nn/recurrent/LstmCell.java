package io.sparkrnn.nn.recurrent;

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
  public boolean hasCellState() {
    return true;
  }

  @Override
  public void packBias(float[] parameters, int offset, float[] bias) {
    System.arraycopy(parameters, offset, bias, 0, 4 * units);
    for (int j = 0; j < 4 * units; j++) {
      bias[j] *= j / units == 2 ? 1f : 0.5f;
    }
  }

  @Override
  public void scale(PackedMatrix kernel) {
    kernel.halve(0, 2 * units);
    kernel.halve(3 * units, 4 * units);
  }

  /** c(t) = f * c(t-1) + i * c~, h(t) = o * tanh(c(t)). */
  @Override
  public void forward(
      RecurrentTape tape, int first, int count, StateRows from, StateRows to, int toRow) {
    Rows gates = tape.gates;
    Rows tanh = tape.cellTanh;
    tape.kernels.lstmForward(
        count,
        units,
        gates.data(),
        gates.at(first),
        from.cell().data(),
        from.cell().at(first),
        to.cell().data(),
        to.cell().at(toRow),
        tape.isTraining() ? tanh.data() : null,
        tanh.at(first),
        to.hidden().data(),
        to.hidden().at(toRow));
  }

  /** do = dh * tanh(c), dc += dh * o * (1 - tanh(c)^2), di = dc * c~, df = dc * c(t-1), ... */
  @Override
  public boolean backward(RecurrentTape tape, int first, int count, Rows operand) {
    Rows gates = tape.gates;
    Rows before = tape.before.cell();
    Rows tanh = tape.cellTanh;
    Rows dHidden = tape.dStates.hidden();
    Rows dCell = tape.dStates.cell();
    Rows dGates = tape.dGates;
    tape.kernels.lstmBackward(
        count,
        units,
        gates.data(),
        gates.at(first),
        before.data(),
        before.at(first),
        tanh.data(),
        tanh.at(first),
        dHidden.data(),
        dHidden.at(first),
        dCell.data(),
        dCell.at(first),
        dGates.data(),
        dGates.at(first));
    return false;
  }
}

package io.sparkrnn.nn.recurrent;

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
 * <p>The gates have four blocks: z, r, n, and what the reset gate acts on: h(t-1) Un + cn when
 * resetting after the product, r * h(t-1) otherwise.
 *
 * @see <a href="https://arxiv.org/abs/1406.1078">Cho et al., 2014</a>
 */
record GruCell(int units, boolean resetAfter) implements Cell {
  private static final int UPDATE_AND_RESET = 0;
  private static final int CANDIDATE = 2;
  private static final int RESET_STATE = 3;

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
  public void packBias(float[] parameters, int offset, float[] bias) {
    System.arraycopy(parameters, offset, bias, 0, 3 * units);
    if (resetAfter) {
      int recurrent = offset + 3 * units;
      for (int i = 0; i < 2 * units; i++) {
        bias[i] += parameters[recurrent + i];
      }
      System.arraycopy(parameters, recurrent + 2 * units, bias, 3 * units, units);
    }
  }

  /** The reset gate stands between the candidate's two products. */
  @Override
  public boolean concatenates() {
    return false;
  }

  /** The kernel of z and r, and the candidate's. */
  @Override
  public void pack(
      float[] parameters, WeightBlock kernel, PackedWeights weights, boolean training) {
    WeightBlock gates = kernel.columns(0, 2 * units);
    WeightBlock candidate = kernel.columns(2 * units, units);
    gates.pack(parameters, weights.recurrent());
    candidate.pack(parameters, weights.candidate());
    if (training) {
      gates.packTransposed(parameters, weights.recurrentTransposed());
      candidate.packTransposed(parameters, weights.candidateTransposed());
    }
  }

  @Override
  public void multiply(RecurrentTape tape, int first, int count, Rows hidden, Addend addend) {
    Products products = tape.products;
    PackedWeights weights = tape.weights();
    Rows gates = tape.gates;
    Rows candidate = gates.block(CANDIDATE);
    Rows reset = gates.block(RESET_STATE);
    // [z r] = x(t) W + b + h(t-1) [Uz Ur]
    Rows updateAndReset = gates.block(UPDATE_AND_RESET);
    products.multiply(first, count, hidden, weights.recurrent(), addend.column(0), updateAndReset);
    // n = x(t) Wn + bn
    addend.copy(count, 2 * units, units, gates.data(), candidate.at(first), 4 * units);
    if (resetAfter) {
      // h(t-1) Un + cn, which the reset gate will act on
      Addend bias = addend.column(3 * units);
      products.multiply(first, count, hidden, weights.candidate(), bias, reset);
    } else {
      // n += (r * h(t-1)) Un
      reset(tape, first, count, hidden);
      products.multiply(first, count, reset, weights.candidate(), Addend.target(), candidate);
    }
  }

  /** r = sigmoid(r), and r * h(t-1). */
  private void reset(RecurrentTape tape, int first, int count, Rows hidden) {
    Rows gates = tape.gates;
    tape.kernels.gruReset(
        count, units, gates.data(), gates.at(first), hidden.data(), hidden.at(first));
  }

  /** h(t) = z * h(t-1) + (1 - z) * n. */
  @Override
  public void forward(
      RecurrentTape tape, int first, int count, StateRows from, StateRows to, int toRow) {
    Rows gates = tape.gates;
    tape.kernels.gruForward(
        count,
        units,
        resetAfter,
        gates.data(),
        gates.at(first),
        from.hidden().data(),
        from.hidden().at(first),
        to.hidden().data(),
        to.hidden().at(toRow));
  }

  /** dz = dh * (h(t-1) - n), dn = dh * (1 - z), ...; what is left is dh * z. */
  @Override
  public boolean backward(RecurrentTape tape, int first, int count, Rows hidden) {
    Rows gates = tape.gates;
    Rows before = tape.before.hidden();
    Rows dHidden = tape.dStates.hidden();
    Rows dGates = tape.dGates;
    tape.kernels.gruBackward(
        count,
        units,
        resetAfter,
        gates.data(),
        gates.at(first),
        before.data(),
        before.at(first),
        dHidden.data(),
        dHidden.at(first),
        dGates.data(),
        dGates.at(first));
    if (!resetAfter) {
      resetBackward(tape, first, count, hidden);
    }
    return true;
  }

  /** Back through n's product and the reset gate; what reaches h(t-1) this way is added to dh. */
  private void resetBackward(RecurrentTape tape, int first, int count, Rows hidden) {
    Rows gates = tape.gates;
    Rows dGates = tape.dGates;
    Rows dCandidate = tape.dGates.block(CANDIDATE);
    Rows dReset = tape.dReset;
    dReset.reserve(count);
    dReset.startAt(first);
    // d(r * h(t-1)) = dn Un'
    tape.products.multiply(
        first, count, dCandidate, tape.weights().candidateTransposed(), Addend.zero(), dReset);
    tape.kernels.gruResetBackward(
        count,
        units,
        gates.data(),
        gates.at(first),
        hidden.data(),
        hidden.at(first),
        dReset.data(),
        dReset.at(first),
        dGates.data(),
        dGates.at(first));
    Rows dHidden = tape.dStates.hidden();
    tape.recurrentMask.multiply(0, count, dReset.data(), 0, dReset.data(), 0);
    tape.kernels.add(count * units, dReset.data(), 0, dHidden.data(), dHidden.at(first));
  }

  /** dh(t-1) += [dz dr] [Uz Ur]', and when resetting after the product d(h(t-1) Un + cn) Un'. */
  @Override
  public void backwardToOperand(
      RecurrentTape tape, int first, int count, Addend addend, Rows dHidden) {
    Products products = tape.products;
    PackedWeights weights = tape.weights();
    Rows dGates = tape.dGates;
    Addend soFar = addend;
    if (resetAfter) {
      Rows dReset = dGates.block(RESET_STATE);
      products.multiply(first, count, dReset, weights.candidateTransposed(), addend, dHidden);
      soFar = Addend.target();
    }
    Rows dUpdateAndReset = dGates.block(UPDATE_AND_RESET);
    products.multiply(first, count, dUpdateAndReset, weights.recurrentTransposed(), soFar, dHidden);
  }

  /** d[Uz Ur] += h(t-1)' [dz dr]; dUn likewise, of what the candidate's product read. */
  @Override
  public void addKernelGradient(
      RecurrentTape tape, int first, int count, Rows hidden, float[] gradient, WeightBlock kernel) {
    Products products = tape.products;
    Rows dGates = tape.dGates;
    Rows dUpdateAndReset = dGates.block(UPDATE_AND_RESET);
    WeightBlock gates = kernel.columns(0, 2 * units);
    products.addGradient(first, count, hidden, dUpdateAndReset, gradient, gates);
    Rows read = resetAfter ? hidden : tape.gates.block(RESET_STATE);
    Rows dProduct = dGates.block(resetAfter ? RESET_STATE : CANDIDATE);
    WeightBlock candidate = kernel.columns(2 * units, units);
    products.addGradient(first, count, read, dProduct, gradient, candidate);
  }

  /** Row by row, since the blocks of a row go to several places. */
  @Override
  public void addBiasGradient(
      RecurrentTape tape, int first, int count, Rows dGates, float[] gradient, int offset) {
    float[] d = dGates.data();
    for (int row = first; row < first + count; row++) {
      int at = dGates.at(row);
      tape.kernels.add(3 * units, d, at, gradient, offset);
      if (resetAfter) {
        tape.kernels.add(2 * units, d, at, gradient, offset + 3 * units);
        tape.kernels.add(units, d, at + 3 * units, gradient, offset + 5 * units);
      }
    }
  }
}

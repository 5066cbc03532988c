package io.sparkrnn.kernel;

import static io.sparkrnn.kernel.VectorCells.flush;
import static io.sparkrnn.kernel.VectorCells.load;
import static io.sparkrnn.kernel.VectorCells.oneMinusSquare;
import static io.sparkrnn.kernel.VectorCells.slope;

import jdk.incubator.vector.FloatVector;

/** The GRU's part of {@link VectorCells}, under the same rule. */
final class VectorGruCell {
  private static final int L = VectorGemm.L;

  private VectorGruCell() {}

  /** Sigmoid over the first {@code width} values of rows {@code ld} apart. */
  static void sigmoid(int rows, int width, float[] x, int offset, int ld) {
    for (int r = 0; r < rows; r++) {
      int at = offset + r * ld;
      int i = 0;
      for (; i <= width - L; i += L) {
        VectorActivations.sigmoid(load(x, at + i)).intoArray(x, at + i);
      }
      for (; i < width; i++) {
        x[at + i] = Activations.sigmoid(x[at + i]);
      }
    }
  }

  /** n = tanh(block 2), and h from z, n and h(t-1). */
  static void state(
      int rows,
      int units,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] output,
      int outputOffset) {
    assert gatesOffset + rows * 4 * units <= gates.length;
    assert beforeOffset + rows * units <= before.length;
    assert outputOffset + rows * units <= output.length;
    for (int r = 0; r < rows; r++) {
      int g = gatesOffset + r * 4 * units;
      int b = beforeOffset + r * units;
      int o = outputOffset + r * units;
      int u = 0;
      for (; u <= units - L; u += L) {
        FloatVector candidate = VectorActivations.tanh(load(gates, g + 2 * units + u));
        candidate.intoArray(gates, g + 2 * units + u);
        load(gates, g + u)
            .fma(load(before, b + u).sub(candidate), candidate)
            .intoArray(output, o + u);
      }
      for (; u < units; u++) {
        float candidate = Activations.tanh(gates[g + 2 * units + u]);
        gates[g + 2 * units + u] = candidate;
        output[o + u] = Math.fma(gates[g + u], before[b + u] - candidate, candidate);
      }
    }
  }

  /** The same with n = tanh(block 2 + r * block 3): the reset gate acts after the product. */
  static void stateAfter(
      int rows,
      int units,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] output,
      int outputOffset) {
    assert gatesOffset + rows * 4 * units <= gates.length;
    assert beforeOffset + rows * units <= before.length;
    assert outputOffset + rows * units <= output.length;
    for (int r = 0; r < rows; r++) {
      int z = gatesOffset + r * 4 * units;
      int reset = z + units;
      int n = reset + units;
      int product = n + units;
      int b = beforeOffset + r * units;
      int o = outputOffset + r * units;
      int u = 0;
      for (; u <= units - L; u += L) {
        FloatVector sum = load(gates, reset + u).fma(load(gates, product + u), load(gates, n + u));
        FloatVector candidate = VectorActivations.tanh(sum);
        candidate.intoArray(gates, n + u);
        load(gates, z + u)
            .fma(load(before, b + u).sub(candidate), candidate)
            .intoArray(output, o + u);
      }
      for (; u < units; u++) {
        float sum = Math.fma(gates[reset + u], gates[product + u], gates[n + u]);
        float candidate = Activations.tanh(sum);
        gates[n + u] = candidate;
        output[o + u] = Math.fma(gates[z + u], before[b + u] - candidate, candidate);
      }
    }
  }

  /** The derivatives of {@link #state}; the candidate's stays in block 2 for {@link #reset}. */
  static void backward(
      int rows,
      int units,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] dOutput,
      int dOutputOffset,
      float[] dGates,
      int dGatesOffset) {
    for (int r = 0; r < rows; r++) {
      int g = gatesOffset + r * 4 * units;
      int b = beforeOffset + r * units;
      int o = dOutputOffset + r * units;
      int d = dGatesOffset + r * 4 * units;
      int u = 0;
      for (; u <= units - L; u += L) {
        FloatVector update = load(gates, g + u);
        FloatVector candidate = load(gates, g + 2 * units + u);
        FloatVector dh = flush(load(dOutput, o + u));
        FloatVector dCandidate = dh.neg().fma(update, dh).mul(oneMinusSquare(candidate));
        dh.mul(load(before, b + u).sub(candidate)).mul(slope(update)).intoArray(dGates, d + u);
        dCandidate.intoArray(dGates, d + 2 * units + u);
        dh.mul(update).intoArray(dOutput, o + u);
      }
      for (; u < units; u++) {
        PortableCells.gruBackward(
            units, gates, g + u, before, b + u, dOutput, o + u, dGates, d + u);
      }
    }
  }

  /** What {@link #stateAfter} adds to that: the derivatives by reset gate and product. */
  static void reset(
      int rows, int units, float[] gates, int gatesOffset, float[] dGates, int dGatesOffset) {
    for (int r = 0; r < rows; r++) {
      int g = gatesOffset + r * 4 * units;
      int d = dGatesOffset + r * 4 * units;
      int u = 0;
      for (; u <= units - L; u += L) {
        FloatVector reset = load(gates, g + units + u);
        FloatVector product = load(gates, g + 3 * units + u);
        FloatVector dCandidate = load(dGates, d + 2 * units + u);
        dCandidate.mul(product).mul(slope(reset)).intoArray(dGates, d + units + u);
        dCandidate.mul(reset).intoArray(dGates, d + 3 * units + u);
      }
      for (; u < units; u++) {
        PortableCells.gruReset(units, gates, g + u, dGates, d + u);
      }
    }
  }
}

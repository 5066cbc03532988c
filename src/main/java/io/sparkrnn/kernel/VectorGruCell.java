package io.sparkrnn.kernel;

import static io.sparkrnn.kernel.VectorCells.flush;
import static io.sparkrnn.kernel.VectorCells.load;
import static io.sparkrnn.kernel.VectorCells.oneMinusSquare;
import static io.sparkrnn.kernel.VectorCells.slope;

import jdk.incubator.vector.FloatVector;

/** The GRU's part of {@link VectorCells}. */
final class VectorGruCell {
  private static final int L = VectorGemm.L;

  private VectorGruCell() {}

  /** Block 2 += block 1 * block 3; does all units. */
  static void addReset(int units, float[] gates, int g) {
    int u = 0;
    for (; u <= units - L; u += L) {
      FloatVector candidate = load(gates, g + 2 * units + u);
      load(gates, g + units + u)
          .fma(load(gates, g + 3 * units + u), candidate)
          .intoArray(gates, g + 2 * units + u);
    }
    for (; u < units; u++) {
      gates[g + 2 * units + u] =
          Math.fma(gates[g + units + u], gates[g + 3 * units + u], gates[g + 2 * units + u]);
    }
  }

  /** h from z, n and h(t-1); does all units. */
  static void state(int units, float[] gates, int g, float[] before, int b, float[] output, int o) {
    int u = 0;
    for (; u <= units - L; u += L) {
      FloatVector candidate = load(gates, g + 2 * units + u);
      load(gates, g + u)
          .fma(load(before, b + u).sub(candidate), candidate)
          .intoArray(output, o + u);
    }
    for (; u < units; u++) {
      float candidate = gates[g + 2 * units + u];
      output[o + u] = Math.fma(gates[g + u], before[b + u] - candidate, candidate);
    }
  }

  static int backward(
      int units,
      float[] gates,
      int g,
      float[] before,
      int b,
      float[] dOutput,
      int o,
      float[] dGates,
      int d) {
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
    return u;
  }

  /**
   * The same when the reset gate acts after the product. A second loop reads the candidate's
   * derivative back: with all of it in one, the compiler leaves calls that box their vectors.
   */
  static int backwardAfter(
      int units,
      float[] gates,
      int g,
      float[] before,
      int b,
      float[] dOutput,
      int o,
      float[] dGates,
      int d) {
    int end = backward(units, gates, g, before, b, dOutput, o, dGates, d);
    for (int u = 0; u < end; u += L) {
      FloatVector reset = load(gates, g + units + u);
      FloatVector product = load(gates, g + 3 * units + u);
      FloatVector dCandidate = load(dGates, d + 2 * units + u);
      dCandidate.mul(product).mul(slope(reset)).intoArray(dGates, d + units + u);
      dCandidate.mul(reset).intoArray(dGates, d + 3 * units + u);
    }
    return end;
  }
}

package io.sparkrnn.kernel;

import static io.sparkrnn.kernel.VectorActivations.tanh;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PortableCells} on vectors, operation by operation, for one row; each method returns how
 * many units it did, the rest being fewer than a vector.
 */
final class VectorCells {
  private static final VectorSpecies<Float> S = VectorGemm.S;
  private static final int L = S.length();
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);
  private static final FloatVector ZERO = FloatVector.zero(S);
  private static final FloatVector TINY = FloatVector.broadcast(S, PortableCells.TINY);

  private VectorCells() {}

  /**
   * From the gate activations to c, tanh(c) and h; does all units. Where nobody wants tanh(c), it
   * may be the same place as h.
   */
  static void lstmState(
      int units,
      float[] gates,
      int g,
      float[] before,
      int b,
      float[] cell,
      int c,
      float[] cellTanh,
      int t,
      float[] output,
      int o) {
    int u = 0;
    for (; u <= units - L; u += L) {
      FloatVector fresh = load(gates, g + u).mul(load(gates, g + 2 * units + u));
      FloatVector state = load(gates, g + units + u).fma(load(before, b + u), fresh);
      FloatVector squashed = tanh(state);
      state.intoArray(cell, c + u);
      squashed.intoArray(cellTanh, t + u);
      load(gates, g + 3 * units + u).mul(squashed).intoArray(output, o + u);
    }
    for (; u < units; u++) {
      float fresh = gates[g + u] * gates[g + 2 * units + u];
      float state = Math.fma(gates[g + units + u], before[b + u], fresh);
      float squashed = Activations.tanh(state);
      cell[c + u] = state;
      cellTanh[t + u] = squashed;
      output[o + u] = gates[g + 3 * units + u] * squashed;
    }
  }

  static int lstmBackward(
      int units,
      float[] gates,
      int g,
      float[] before,
      int b,
      float[] cellTanh,
      int t,
      float[] dOutput,
      int o,
      float[] dCell,
      int c,
      float[] dGates,
      int d) {
    int u = 0;
    for (; u <= units - L; u += L) {
      FloatVector in = load(gates, g + u);
      FloatVector forget = load(gates, g + units + u);
      FloatVector candidate = load(gates, g + 2 * units + u);
      FloatVector out = load(gates, g + 3 * units + u);
      FloatVector squashed = load(cellTanh, t + u);
      FloatVector dh = flush(load(dOutput, o + u));
      FloatVector dState = flush(dh.mul(out).fma(oneMinusSquare(squashed), load(dCell, c + u)));
      dState.mul(candidate).mul(slope(in)).intoArray(dGates, d + u);
      dState.mul(load(before, b + u)).mul(slope(forget)).intoArray(dGates, d + units + u);
      dState.mul(in).mul(oneMinusSquare(candidate)).intoArray(dGates, d + 2 * units + u);
      dh.mul(squashed).mul(slope(out)).intoArray(dGates, d + 3 * units + u);
      dState.mul(forget).intoArray(dCell, c + u);
    }
    return u;
  }

  static int tanhBackward(int n, float[] h, int hOffset, float[] d, int dOffset) {
    int i = 0;
    for (; i <= n - L; i += L) {
      flush(load(d, dOffset + i))
          .mul(oneMinusSquare(load(h, hOffset + i)))
          .intoArray(d, dOffset + i);
    }
    return i;
  }

  static FloatVector load(float[] array, int offset) {
    return FloatVector.fromArray(S, array, offset);
  }

  /** 1 - y^2, the derivative of tanh by its value. */
  static FloatVector oneMinusSquare(FloatVector y) {
    return y.neg().fma(y, ONE);
  }

  /** y - y^2, the derivative of sigmoid by its value. */
  static FloatVector slope(FloatVector y) {
    return y.neg().fma(y, y);
  }

  static FloatVector flush(FloatVector value) {
    return value.blend(ZERO, value.abs().compare(VectorOperators.LT, TINY));
  }
}

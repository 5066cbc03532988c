package io.sparkrnn.kernel;

import static io.sparkrnn.kernel.VectorActivations.tanh;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PortableCells} on vectors, operation by operation, over all rows of a step.
 *
 * <p>The compiler stops inlining when a method with all that it inlines has 18,000 nodes, which a
 * few rational functions come to; what is left as calls then boxes its vectors, at twice the time.
 * So a method here has one at most, and one that has is longer than the 325 bytes up to which
 * HotSpot would inline it beside another: its last columns are written out.
 */
final class VectorCells {
  private static final VectorSpecies<Float> S = VectorGemm.S;
  private static final int L = S.length();
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);
  private static final FloatVector HALF = FloatVector.broadcast(S, 0.5f);
  private static final FloatVector ZERO = FloatVector.zero(S);
  private static final FloatVector TINY = FloatVector.broadcast(S, PortableCells.TINY);

  private VectorCells() {}

  /**
   * From the gates' tanh to c, tanh(c) and h. Where nobody wants tanh(c), it may be the same place
   * as h.
   */
  static void lstmState(
      int rows,
      int units,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] cell,
      int cellOffset,
      float[] cellTanh,
      int cellTanhOffset,
      float[] output,
      int outputOffset) {
    assert gatesOffset + rows * 4 * units <= gates.length;
    assert cellOffset + rows * units <= cell.length;
    assert outputOffset + rows * units <= output.length;
    for (int r = 0; r < rows; r++) {
      int g = gatesOffset + r * 4 * units;
      int b = beforeOffset + r * units;
      int c = cellOffset + r * units;
      int t = cellTanhOffset + r * units;
      int o = outputOffset + r * units;
      int u = 0;
      for (; u <= units - L; u += L) {
        FloatVector fresh = half(load(gates, g + u)).mul(load(gates, g + 2 * units + u));
        FloatVector state = half(load(gates, g + units + u)).fma(load(before, b + u), fresh);
        FloatVector squashed = tanh(state);
        state.intoArray(cell, c + u);
        squashed.intoArray(cellTanh, t + u);
        half(load(gates, g + 3 * units + u)).mul(squashed).intoArray(output, o + u);
      }
      for (; u < units; u++) {
        float fresh = PortableCells.half(gates[g + u]) * gates[g + 2 * units + u];
        float forget = PortableCells.half(gates[g + units + u]);
        float state = Math.fma(forget, before[b + u], fresh);
        float squashed = Activations.tanh(state);
        cell[c + u] = state;
        cellTanh[t + u] = squashed;
        output[o + u] = PortableCells.half(gates[g + 3 * units + u]) * squashed;
      }
    }
  }

  static void lstmBackward(
      int rows,
      int units,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] cellTanh,
      int cellTanhOffset,
      float[] dOutput,
      int dOutputOffset,
      float[] dCell,
      int dCellOffset,
      float[] dGates,
      int dGatesOffset) {
    for (int r = 0; r < rows; r++) {
      int g = gatesOffset + r * 4 * units;
      int b = beforeOffset + r * units;
      int t = cellTanhOffset + r * units;
      int o = dOutputOffset + r * units;
      int c = dCellOffset + r * units;
      int d = dGatesOffset + r * 4 * units;
      int u = 0;
      for (; u <= units - L; u += L) {
        FloatVector in = half(load(gates, g + u));
        FloatVector forget = half(load(gates, g + units + u));
        FloatVector candidate = load(gates, g + 2 * units + u);
        FloatVector out = half(load(gates, g + 3 * units + u));
        FloatVector squashed = load(cellTanh, t + u);
        FloatVector dh = flush(load(dOutput, o + u));
        FloatVector dState = flush(dh.mul(out).fma(oneMinusSquare(squashed), load(dCell, c + u)));
        dState.mul(candidate).mul(slope(in)).intoArray(dGates, d + u);
        dState.mul(load(before, b + u)).mul(slope(forget)).intoArray(dGates, d + units + u);
        dState.mul(in).mul(oneMinusSquare(candidate)).intoArray(dGates, d + 2 * units + u);
        dh.mul(squashed).mul(slope(out)).intoArray(dGates, d + 3 * units + u);
        dState.mul(forget).intoArray(dCell, c + u);
      }
      for (; u < units; u++) {
        PortableCells.lstmBackward(
            units, gates, g + u, before, b + u, cellTanh, t + u, dOutput, o + u, dCell, c + u,
            dGates, d + u);
      }
    }
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

  /** (1 + y) / 2: sigmoid(x) from y = tanh(x / 2). */
  static FloatVector half(FloatVector y) {
    return HALF.fma(y, HALF);
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

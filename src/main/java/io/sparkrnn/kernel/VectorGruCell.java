package io.sparkrnn.kernel;

import static io.sparkrnn.kernel.VectorActivations.sigmoid;
import static io.sparkrnn.kernel.VectorActivations.tanh;
import static io.sparkrnn.kernel.VectorCells.flush;
import static io.sparkrnn.kernel.VectorCells.load;
import static io.sparkrnn.kernel.VectorCells.oneMinusSquare;
import static io.sparkrnn.kernel.VectorCells.slope;

import jdk.incubator.vector.FloatVector;

/** The GRU's part of {@link VectorCells}. */
final class VectorGruCell {
  private static final int L = VectorGemm.L;

  private VectorGruCell() {}

  static int forward(
      int units,
      boolean resetAfter,
      float[] gates,
      int g,
      float[] before,
      int b,
      float[] output,
      int o) {
    int u = 0;
    for (; u <= units - L; u += L) {
      FloatVector update = sigmoid(load(gates, g + u));
      FloatVector candidate = load(gates, g + 2 * units + u);
      if (resetAfter) {
        FloatVector reset = sigmoid(load(gates, g + units + u));
        reset.intoArray(gates, g + units + u);
        candidate = reset.fma(load(gates, g + 3 * units + u), candidate);
      }
      candidate = tanh(candidate);
      update.intoArray(gates, g + u);
      candidate.intoArray(gates, g + 2 * units + u);
      update.fma(load(before, b + u).sub(candidate), candidate).intoArray(output, o + u);
    }
    return u;
  }

  static int backward(
      int units,
      boolean resetAfter,
      float[] gates,
      int g,
      float[] before,
      int b,
      float[] dOutput,
      int o) {
    int u = 0;
    for (; u <= units - L; u += L) {
      FloatVector update = load(gates, g + u);
      FloatVector candidate = load(gates, g + 2 * units + u);
      FloatVector dh = flush(load(dOutput, o + u));
      FloatVector dCandidate = dh.neg().fma(update, dh).mul(oneMinusSquare(candidate));
      dh.mul(load(before, b + u).sub(candidate)).mul(slope(update)).intoArray(gates, g + u);
      dCandidate.intoArray(gates, g + 2 * units + u);
      if (resetAfter) {
        FloatVector reset = load(gates, g + units + u);
        dCandidate
            .mul(load(gates, g + 3 * units + u))
            .mul(slope(reset))
            .intoArray(gates, g + units + u);
        dCandidate.mul(reset).intoArray(gates, g + 3 * units + u);
      }
      dh.mul(update).intoArray(dOutput, o + u);
    }
    return u;
  }
}

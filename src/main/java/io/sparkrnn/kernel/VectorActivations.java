package io.sparkrnn.kernel;

import static io.sparkrnn.kernel.Activations.BIAS;
import static io.sparkrnn.kernel.Activations.E3;
import static io.sparkrnn.kernel.Activations.E4;
import static io.sparkrnn.kernel.Activations.E5;
import static io.sparkrnn.kernel.Activations.E6;
import static io.sparkrnn.kernel.Activations.E7;
import static io.sparkrnn.kernel.Activations.LEAST;
import static io.sparkrnn.kernel.Activations.LIMIT;
import static io.sparkrnn.kernel.Activations.LN2_HIGH;
import static io.sparkrnn.kernel.Activations.LN2_LOW;
import static io.sparkrnn.kernel.Activations.LOG2_E;
import static io.sparkrnn.kernel.Activations.MANTISSA;
import static io.sparkrnn.kernel.Activations.P1;
import static io.sparkrnn.kernel.Activations.P2;
import static io.sparkrnn.kernel.Activations.P3;
import static io.sparkrnn.kernel.Activations.P4;
import static io.sparkrnn.kernel.Activations.Q1;
import static io.sparkrnn.kernel.Activations.Q2;
import static io.sparkrnn.kernel.Activations.Q3;
import static io.sparkrnn.kernel.Activations.Q4;
import static io.sparkrnn.kernel.Activations.ROUND;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Activations} on vectors, operation by operation. */
final class VectorActivations {
  private static final VectorSpecies<Float> S = VectorGemm.S;
  private static final int L = VectorGemm.L;

  /** Two squares that add up to no more are of values within the limit. */
  private static final FloatVector SMALL = FloatVector.broadcast(S, 0.96f * LIMIT * LIMIT);

  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);
  private static final FloatVector HALF = FloatVector.broadcast(S, 0.5f);
  private static final FloatVector LOWEST = FloatVector.broadcast(S, LEAST);
  private static final FloatVector HIGH = FloatVector.broadcast(S, LIMIT);
  private static final FloatVector LOW = FloatVector.broadcast(S, -LIMIT);

  private VectorActivations() {}

  static FloatVector tanh(FloatVector value) {
    FloatVector x = value.blend(HIGH, value.compare(VectorOperators.GT, HIGH));
    x = x.blend(LOW, value.compare(VectorOperators.LT, LOW));
    FloatVector s = x.mul(x);
    FloatVector p =
        FloatVector.broadcast(S, P4)
            .fma(s, FloatVector.broadcast(S, P3))
            .fma(s, FloatVector.broadcast(S, P2))
            .fma(s, FloatVector.broadcast(S, P1))
            .fma(s, ONE);
    FloatVector q =
        FloatVector.broadcast(S, Q4)
            .fma(s, FloatVector.broadcast(S, Q3))
            .fma(s, FloatVector.broadcast(S, Q2))
            .fma(s, FloatVector.broadcast(S, Q1))
            .fma(s, ONE);
    return x.mul(p).div(q);
  }

  /**
   * tanh in place, of two vectors at a time: their squares, needed anyway, tell whether any value
   * must be clamped, and few must. Scoring an LSTM-32 on JDK 17 then takes a tenth less time.
   *
   * <p>Written out, so that it is longer than the 325 bytes up to which HotSpot inlines: with two
   * rational functions it must not meet another caller's, by the rule of {@link VectorCells}.
   *
   * @return how many values were done: all but those of the last vectors
   */
  static int tanhInPairs(int n, float[] x, int offset) {
    int i = 0;
    for (; i <= n - 2 * L; i += 2 * L) {
      int at = offset + i;
      FloatVector x0 = FloatVector.fromArray(S, x, at);
      FloatVector x1 = FloatVector.fromArray(S, x, at + L);
      FloatVector s0 = x0.mul(x0);
      FloatVector s1 = x1.mul(x1);
      if (s0.add(s1).compare(VectorOperators.LE, SMALL).allTrue()) {
        FloatVector p0 = FloatVector.broadcast(S, P4);
        FloatVector p1 = p0;
        p0 = p0.fma(s0, FloatVector.broadcast(S, P3));
        p1 = p1.fma(s1, FloatVector.broadcast(S, P3));
        p0 = p0.fma(s0, FloatVector.broadcast(S, P2));
        p1 = p1.fma(s1, FloatVector.broadcast(S, P2));
        p0 = p0.fma(s0, FloatVector.broadcast(S, P1));
        p1 = p1.fma(s1, FloatVector.broadcast(S, P1));
        p0 = p0.fma(s0, ONE);
        p1 = p1.fma(s1, ONE);
        FloatVector q0 = FloatVector.broadcast(S, Q4);
        FloatVector q1 = q0;
        q0 = q0.fma(s0, FloatVector.broadcast(S, Q3));
        q1 = q1.fma(s1, FloatVector.broadcast(S, Q3));
        q0 = q0.fma(s0, FloatVector.broadcast(S, Q2));
        q1 = q1.fma(s1, FloatVector.broadcast(S, Q2));
        q0 = q0.fma(s0, FloatVector.broadcast(S, Q1));
        q1 = q1.fma(s1, FloatVector.broadcast(S, Q1));
        q0 = q0.fma(s0, ONE);
        q1 = q1.fma(s1, ONE);
        x0.mul(p0).div(q0).intoArray(x, at);
        x1.mul(p1).div(q1).intoArray(x, at + L);
      } else {
        clamped(2 * L, x, at);
      }
    }
    return i;
  }

  /**
   * tanh in place, vector by vector.
   *
   * @return how many values were done: all but those that fill no vector
   */
  static int clamped(int n, float[] x, int offset) {
    int i = 0;
    for (; i <= n - L; i += L) {
      tanh(FloatVector.fromArray(S, x, offset + i)).intoArray(x, offset + i);
    }
    return i;
  }

  static FloatVector exp(FloatVector value) {
    FloatVector x = value.blend(LOWEST, value.compare(VectorOperators.LT, LOWEST));
    FloatVector round = FloatVector.broadcast(S, ROUND);
    FloatVector shifted = x.fma(FloatVector.broadcast(S, LOG2_E), round);
    FloatVector k = shifted.sub(round);
    FloatVector r = k.fma(FloatVector.broadcast(S, -LN2_HIGH), x);
    r = k.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    FloatVector p =
        FloatVector.broadcast(S, E7)
            .fma(r, FloatVector.broadcast(S, E6))
            .fma(r, FloatVector.broadcast(S, E5))
            .fma(r, FloatVector.broadcast(S, E4))
            .fma(r, FloatVector.broadcast(S, E3))
            .fma(r, HALF);
    p = p.fma(r.mul(r), r).add(ONE);
    return p.mul(
        shifted
            .reinterpretAsInts()
            .add(BIAS)
            .lanewise(VectorOperators.LSHL, MANTISSA)
            .reinterpretAsFloats());
  }

  static FloatVector sigmoid(FloatVector value) {
    return HALF.fma(tanh(HALF.mul(value)), HALF);
  }
}

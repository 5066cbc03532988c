package io.sparkrnn.kernel;

import static io.sparkrnn.kernel.Activations.LIMIT;
import static io.sparkrnn.kernel.Activations.P1;
import static io.sparkrnn.kernel.Activations.P2;
import static io.sparkrnn.kernel.Activations.P3;
import static io.sparkrnn.kernel.Activations.P4;
import static io.sparkrnn.kernel.Activations.Q1;
import static io.sparkrnn.kernel.Activations.Q2;
import static io.sparkrnn.kernel.Activations.Q3;
import static io.sparkrnn.kernel.Activations.Q4;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Activations} on vectors, operation by operation. */
final class VectorActivations {
  private static final VectorSpecies<Float> S = VectorGemm.S;
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);
  private static final FloatVector HALF = FloatVector.broadcast(S, 0.5f);
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

  static FloatVector sigmoid(FloatVector value) {
    return HALF.fma(tanh(HALF.mul(value)), HALF);
  }
}

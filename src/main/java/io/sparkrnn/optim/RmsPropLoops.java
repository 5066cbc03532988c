package io.sparkrnn.optim;

import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.kernel.RmsPropStep;

/** The loops of {@link OptimizerSpec.RmsProp}. */
final class RmsPropLoops {
  private static final Kernels KERNELS = Kernels.best();

  private RmsPropLoops() {}

  static void plain(
      OptimizerSpec.RmsProp spec,
      float[] p,
      float[] g,
      GradientSupport support,
      float[] v,
      double learningRate) {
    RmsPropStep step =
        new RmsPropStep(
            (float) learningRate,
            (float) spec.rho(),
            (float) (1 - spec.rho()),
            (float) spec.epsilon());
    for (int range = 0; range < support.count(); range++) {
      int from = support.start(range);
      KERNELS.rmsProp(support.end(range) - from, from, support.decay(range), step, g, v, p);
    }
  }

  static void momentum(
      OptimizerSpec.RmsProp spec,
      float[] p,
      float[] g,
      GradientSupport support,
      OptimizerState state,
      double learningRate) {
    float rate = (float) learningRate;
    float rho = (float) spec.rho();
    float rest = (float) (1 - spec.rho());
    float mu = (float) spec.momentum();
    float epsilon = (float) spec.epsilon();
    float[] v = state.slot(0);
    float[] m = state.slot(1);
    for (int range = 0; range < support.count(); range++) {
      for (int i = support.start(range), end = support.end(range); i < end; i++) {
        float second = Math.fma(rest * g[i], g[i], rho * v[i]);
        v[i] = second;
        float move = mu * m[i] + rate * g[i] / (float) Math.sqrt(second + epsilon);
        m[i] = move;
        p[i] = p[i] - move;
      }
    }
  }
}

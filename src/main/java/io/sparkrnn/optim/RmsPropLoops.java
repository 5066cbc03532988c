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
    for (int first = 0; first < support.count(); first = support.rateEnd(first)) {
      plain(support, first, step(spec, support.rate(first, learningRate)), p, g, v);
    }
  }

  /** The step's numbers stay in registers over all rows of a table. */
  private static void plain(
      GradientSupport support, int first, RmsPropStep step, float[] p, float[] g, float[] v) {
    for (int range = first, end = support.rateEnd(first); range < end; range++) {
      int from = support.start(range);
      KERNELS.rmsProp(support.end(range) - from, from, support.decay(range), step, g, v, p);
    }
  }

  private static RmsPropStep step(OptimizerSpec.RmsProp spec, double rate) {
    return new RmsPropStep(
        (float) rate, (float) spec.rho(), (float) (1 - spec.rho()), (float) spec.epsilon());
  }

  static void momentum(
      OptimizerSpec.RmsProp spec,
      float[] p,
      float[] g,
      GradientSupport support,
      OptimizerState state,
      double learningRate) {
    float rho = (float) spec.rho();
    float rest = (float) (1 - spec.rho());
    float mu = (float) spec.momentum();
    float epsilon = (float) spec.epsilon();
    float[] v = state.slot(0);
    float[] m = state.slot(1);
    for (int range = 0; range < support.count(); range++) {
      float rate = (float) support.rate(range, learningRate);
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

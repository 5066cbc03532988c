package io.sparkrnn.optim;

/** The loops of {@link OptimizerSpec.Adam} and {@link OptimizerSpec.AdamW}. */
final class AdamLoops {
  private AdamLoops() {}

  static void decay(float[] p, GradientSupport support, double learningRate, double weightDecay) {
    for (int range = 0; range < support.count(); range++) {
      float decay = (float) (support.rate(range, learningRate) * weightDecay);
      for (int i = support.start(range), end = support.end(range); i < end; i++) {
        p[i] = p[i] - p[i] * decay;
      }
    }
  }

  static void step(
      OptimizerSpec.Adam spec,
      float[] p,
      float[] g,
      GradientSupport support,
      OptimizerState state,
      double learningRate) {
    double correction = correction(spec, state.steps());
    float rest1 = (float) (1 - spec.beta1());
    float rest2 = (float) (1 - spec.beta2());
    float epsilon = (float) spec.epsilon();
    float[] m = state.slot(0);
    float[] v = state.slot(1);
    for (int range = 0; range < support.count(); range++) {
      float alpha = (float) (support.rate(range, learningRate) * correction);
      for (int i = support.start(range), end = support.end(range); i < end; i++) {
        float first = Math.fma(g[i] - m[i], rest1, m[i]);
        float second = Math.fma(Math.fma(g[i], g[i], -v[i]), rest2, v[i]);
        m[i] = first;
        v[i] = second;
        p[i] = p[i] - first * alpha / ((float) Math.sqrt(second) + epsilon);
      }
    }
  }

  /** Returns sqrt(1 - beta2^t) / (1 - beta1^t); StrictMath, since Math.pow may differ by JVM. */
  private static double correction(OptimizerSpec.Adam spec, long t) {
    return StrictMath.sqrt(1 - StrictMath.pow(spec.beta2(), t))
        / (1 - StrictMath.pow(spec.beta1(), t));
  }
}

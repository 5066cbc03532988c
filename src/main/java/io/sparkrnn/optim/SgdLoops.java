package io.sparkrnn.optim;

/** The loops of {@link OptimizerSpec.Sgd}. */
final class SgdLoops {
  private SgdLoops() {}

  static void plain(float[] p, float[] g, GradientSupport support, double learningRate) {
    for (int range = 0; range < support.count(); range++) {
      float rate = (float) support.rate(range, learningRate);
      for (int i = support.start(range), end = support.end(range); i < end; i++) {
        p[i] = Math.fma(-rate, g[i], p[i]);
      }
    }
  }

  static void momentum(
      float[] p,
      float[] g,
      GradientSupport support,
      float[] m,
      double learningRate,
      double momentum) {
    float mu = (float) momentum;
    for (int range = 0; range < support.count(); range++) {
      float rate = (float) support.rate(range, learningRate);
      for (int i = support.start(range), end = support.end(range); i < end; i++) {
        float velocity = mu * m[i] - rate * g[i];
        m[i] = velocity;
        p[i] = p[i] + velocity;
      }
    }
  }

  static void nesterov(
      float[] p,
      float[] g,
      GradientSupport support,
      float[] m,
      double learningRate,
      double momentum) {
    float mu = (float) momentum;
    for (int range = 0; range < support.count(); range++) {
      float rate = (float) support.rate(range, learningRate);
      for (int i = support.start(range), end = support.end(range); i < end; i++) {
        float move = rate * g[i];
        float velocity = mu * m[i] - move;
        m[i] = velocity;
        p[i] = p[i] + (mu * velocity - move);
      }
    }
  }
}

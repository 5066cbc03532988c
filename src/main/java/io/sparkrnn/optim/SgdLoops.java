package io.sparkrnn.optim;

/** The loops of {@link OptimizerSpec.Sgd}. */
final class SgdLoops {
  private SgdLoops() {}

  static void plain(float[] p, float[] g, double learningRate) {
    float rate = (float) learningRate;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.fma(-rate, g[i], p[i]);
    }
  }

  static void momentum(float[] p, float[] g, float[] m, double learningRate, double momentum) {
    float rate = (float) learningRate;
    float mu = (float) momentum;
    for (int i = 0; i < p.length; i++) {
      float velocity = mu * m[i] - rate * g[i];
      m[i] = velocity;
      p[i] = p[i] + velocity;
    }
  }

  static void nesterov(float[] p, float[] g, float[] m, double learningRate, double momentum) {
    float rate = (float) learningRate;
    float mu = (float) momentum;
    for (int i = 0; i < p.length; i++) {
      float move = rate * g[i];
      float velocity = mu * m[i] - move;
      m[i] = velocity;
      p[i] = p[i] + (mu * velocity - move);
    }
  }
}

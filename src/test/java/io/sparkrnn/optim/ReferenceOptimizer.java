package io.sparkrnn.optim;

/** The optimizers in plain double, straight from Keras's formulas; one instance per training. */
final class ReferenceOptimizer {
  private final OptimizerSpec spec;
  private final double[] p;
  private final double[] m;
  private final double[] v;
  private int t;

  ReferenceOptimizer(OptimizerSpec spec, float[] parameters) {
    this.spec = spec;
    this.p = new double[parameters.length];
    this.m = new double[p.length];
    this.v = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = parameters[i];
    }
  }

  double[] parameters() {
    return p;
  }

  void step(float[] g, double lr) {
    t++;
    for (int i = 0; i < p.length; i++) {
      if (spec instanceof OptimizerSpec.Sgd sgd) {
        sgd(sgd, i, g[i], lr);
      } else if (spec instanceof OptimizerSpec.RmsProp rms) {
        rmsProp(rms, i, g[i], lr);
      } else if (spec instanceof OptimizerSpec.Adam adam) {
        adam(adam, i, g[i], lr);
      } else if (spec instanceof OptimizerSpec.AdamW adamW) {
        p[i] -= p[i] * adamW.weightDecay() * lr;
        adam(new OptimizerSpec.Adam(adamW.beta1(), adamW.beta2(), adamW.epsilon()), i, g[i], lr);
      }
    }
  }

  private void sgd(OptimizerSpec.Sgd sgd, int i, double g, double lr) {
    m[i] = sgd.momentum() * m[i] - lr * g;
    p[i] += sgd.nesterov() ? sgd.momentum() * m[i] - lr * g : m[i];
  }

  private void rmsProp(OptimizerSpec.RmsProp rms, int i, double g, double lr) {
    v[i] = rms.rho() * v[i] + (1 - rms.rho()) * g * g;
    m[i] = rms.momentum() * m[i] + lr * g / Math.sqrt(v[i] + rms.epsilon());
    p[i] -= m[i];
  }

  private void adam(OptimizerSpec.Adam adam, int i, double g, double lr) {
    m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * g;
    v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * g * g;
    double alpha = lr * Math.sqrt(1 - Math.pow(adam.beta2(), t)) / (1 - Math.pow(adam.beta1(), t));
    p[i] -= alpha * m[i] / (Math.sqrt(v[i]) + adam.epsilon());
  }
}

package io.sparkrnn.nn;

import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.OptimizerState;

/**
 * What Keras on TensorFlow makes of an embedding's gradient: the second moment adds the squares of
 * the occurrences; everything linear in the gradient is as usual.
 */
final class SlicedEmbedding {
  private final OptimizerSpec optimizer;
  private final double[] secondMoments;

  SlicedEmbedding(OptimizerSpec optimizer, int size) {
    this.optimizer = optimizer;
    this.secondMoments = new double[size];
  }

  /**
   * Replaces the embedding in {@code parameters} after the optimizer's own step.
   *
   * @param before the parameters before that step. Not modified.
   * @param slices the clipped gradient by occurrence. Not modified.
   * @param state of the optimizer after that step. Not modified.
   * @param parameters after that step. Modified.
   */
  void step(
      float[] before,
      Occurrences occurrences,
      float[] slices,
      OptimizerState state,
      double learningRate,
      float[] parameters) {
    double[] squares = occurrences.squares(slices);
    float[] sum = occurrences.sum(slices);
    for (int i = 0; i < secondMoments.length; i++) {
      if (optimizer instanceof OptimizerSpec.RmsProp spec) {
        decay(i, spec.rho(), squares[i]);
        double root = Math.sqrt(secondMoments[i] + spec.epsilon());
        parameters[i] = (float) (before[i] - learningRate * sum[i] / root);
      } else if (optimizer instanceof OptimizerSpec.Adam spec) {
        decay(i, spec.beta2(), squares[i]);
        parameters[i] = (float) (before[i] - adam(spec, i, state, learningRate));
      } else if (optimizer instanceof OptimizerSpec.AdamW spec) {
        decay(i, spec.beta2(), squares[i]);
        OptimizerSpec.Adam adam =
            new OptimizerSpec.Adam(spec.beta1(), spec.beta2(), spec.epsilon());
        double kept = before[i] * (1 - spec.weightDecay() * learningRate);
        parameters[i] = (float) (kept - adam(adam, i, state, learningRate));
      }
    }
  }

  private void decay(int i, double rate, double squares) {
    secondMoments[i] = rate * secondMoments[i] + (1 - rate) * squares;
  }

  private double adam(OptimizerSpec.Adam spec, int i, OptimizerState state, double learningRate) {
    double alpha =
        learningRate
            * Math.sqrt(1 - Math.pow(spec.beta2(), state.steps()))
            / (1 - Math.pow(spec.beta1(), state.steps()));
    return alpha * state.slot(0)[i] / (Math.sqrt(secondMoments[i]) + spec.epsilon());
  }
}

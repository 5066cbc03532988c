package io.sparkrnn.nn;

import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.OptimizerState;
import java.util.List;

/**
 * Trains on a golden network's one batch for ten steps and compares with what Keras did.
 *
 * <p>On TensorFlow, Keras's embedding gradient is a list of slices, one per occurrence of a token,
 * and the optimizers treat a slice as if it were a gradient of its own: squares are summed by
 * occurrence (not the square of the sum, as on its other backends), and clipping sees occurrences.
 * Clipping by global norm sums them while scaling, so that what follows is as usual. {@link
 * Occurrences} gets the slices from any network by giving every occurrence an id of its own, {@link
 * SlicedEmbedding} computes what Keras makes of them; all other parameters are stepped by the
 * project's optimizers alone.
 */
record TenSteps(GoldenNetwork golden) {
  private static final Near NEAR = new Near(1e-4, 1e-5);

  /** Loss and gradient of a golden network's batch. */
  interface Objective {
    /** Returns the mean loss and overwrites the gradient, both at {@code parameters}. */
    double lossAndGradient(NetworkSpec spec, float[] parameters, List<int[]> ids, float[] gradient);
  }

  void check(Objective objective) {
    Occurrences occurrences = Occurrences.of(golden.spec(), golden.ids());
    float[] parameters = golden.parameters("weights");
    float[] gradient = new float[parameters.length];
    OptimizerSpec optimizer = golden.optimizer();
    OptimizerState state = OptimizerState.zeros(optimizer, parameters.length);
    SlicedEmbedding embedding = new SlicedEmbedding(optimizer, occurrences.embeddingSize());
    double[] losses = golden.file().values("losses_over_ten_steps");
    for (int step = 0; step < losses.length; step++) {
      double loss = objective.lossAndGradient(golden.spec(), parameters, golden.ids(), gradient);
      NEAR.check(losses[step], loss, "loss before step " + step);
      float[] slices = slices(objective, occurrences, parameters);
      checkSum(gradient, occurrences.sum(slices));
      golden.clipping().apply(slices, occurrences.boundaries(golden.boundaries()));
      float[] before = parameters.clone();
      optimizer.step(parameters, occurrences.sum(slices), state, golden.learningRate());
      if (golden.clipping().globalNorm() == 0) {
        embedding.step(before, occurrences, slices, state, golden.learningRate(), parameters);
      }
    }
    NEAR.check(
        golden.flat("final_weights"), parameters, "parameter after " + losses.length + " steps");
  }

  private float[] slices(Objective objective, Occurrences occurrences, float[] parameters) {
    float[] spread = occurrences.spread(parameters);
    float[] slices = new float[spread.length];
    objective.lossAndGradient(occurrences.spec(), spread, occurrences.ids(), slices);
    return slices;
  }

  /** A repeated token's gradient is the sum over its occurrences. */
  private static void checkSum(float[] gradient, float[] sum) {
    double[] expected = new double[sum.length];
    for (int i = 0; i < sum.length; i++) {
      expected[i] = sum[i];
    }
    new Near(1e-4, 1e-6).check(expected, gradient, "gradient");
  }
}

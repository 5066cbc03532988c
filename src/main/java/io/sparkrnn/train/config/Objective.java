package io.sparkrnn.train.config;

import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.optim.L2;

/**
 * What training minimizes.
 *
 * @param loss loss of one example
 * @param labelSmoothing how far targets move towards the uniform distribution, in [0, 1); metrics
 *     know nothing of it
 * @param l2 factor of the penalty on the squares of all kernels, which the training loss includes;
 *     biases and embeddings are free
 * @param classWeights how much the examples of each class count; metrics know nothing of it
 */
public record Objective(Loss loss, double labelSmoothing, double l2, ClassWeights classWeights)
    implements OptionGroup {
  public Objective {
    // their rules are the rules here
    new LossFunction(loss, labelSmoothing);
    new L2(l2);
    if (!loss.isOfClasses() && !classWeights.weights().isEmpty()) {
      throw new IllegalArgumentException(
          "classWeight must be empty for " + loss + ", got " + classWeights.weights());
    }
  }

  /** Returns the loss of one example alone. */
  public static Objective of(Loss loss) {
    return new Objective(loss, 0, 0, ClassWeights.none());
  }

  /** Returns the same with other class weights. */
  public Objective with(ClassWeights classWeights) {
    return new Objective(loss, labelSmoothing, l2, classWeights);
  }

  /** Returns the loss of one example as the network computes it. */
  public LossFunction lossFunction() {
    return new LossFunction(loss, labelSmoothing);
  }
}

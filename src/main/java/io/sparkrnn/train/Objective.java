package io.sparkrnn.train;

import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.LossFunction;

/**
 * What training minimizes.
 *
 * @param loss loss of one example
 * @param labelSmoothing how far targets move towards the uniform distribution, in [0, 1); metrics
 *     know nothing of it
 */
public record Objective(Loss loss, double labelSmoothing) implements OptionGroup {
  public Objective {
    new LossFunction(loss, labelSmoothing);
  }

  /** Returns the loss of one example alone. */
  public static Objective of(Loss loss) {
    return new Objective(loss, 0);
  }

  /** Returns the loss of one example as the network computes it. */
  public LossFunction lossFunction() {
    return new LossFunction(loss, labelSmoothing);
  }
}

package io.sparkrnn.train;

import java.io.Serializable;

/** What the driver does with the weighted mean of the shards' parameters. */
public sealed interface OuterUpdate extends Serializable
    permits OuterUpdate.Mean, OuterUpdate.Nesterov {
  /** Takes the mean as it is (McMahan et al., 2017). */
  record Mean() implements OuterUpdate {}

  /**
   * Nesterov momentum on the averaged change.
   *
   * <pre>
   *   delta = mean - before
   *   v     = momentum * v + delta
   *   after = before + momentum * v + delta
   * </pre>
   *
   * <p>Momentum 1 - 1/shards is a good first try (Chen and Huo, 2016; Douillard et al., 2023).
   *
   * @param momentum in [0, 1)
   */
  record Nesterov(double momentum) implements OuterUpdate {
    public Nesterov {
      if (!(momentum >= 0 && momentum < 1)) {
        throw new IllegalArgumentException("outerMomentum must be in [0, 1), got " + momentum);
      }
    }
  }
}

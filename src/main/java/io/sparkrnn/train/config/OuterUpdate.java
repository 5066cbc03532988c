package io.sparkrnn.train.config;

import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.ShardResult;
import java.io.Serializable;
import java.util.Locale;

/** What the driver does with the weighted mean of the shards' parameters. */
public sealed interface OuterUpdate extends Serializable
    permits OuterUpdate.Mean, OuterUpdate.Nesterov {
  /**
   * Returns the state the next round starts from.
   *
   * @param before what the shards started from. Not modified.
   * @param mean the weighted mean of their results. Not modified; its arrays may be shared.
   */
  RoundState apply(RoundState before, ShardResult mean);

  /** Returns the word for it. */
  default String kind() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Takes the mean as it is (McMahan et al., 2017). */
  record Mean() implements OuterUpdate {
    @Override
    public RoundState apply(RoundState before, ShardResult mean) {
      return before.nextRound(mean.parameters(), mean.optimizer(), new float[0]);
    }
  }

  /**
   * Nesterov momentum on the averaged change.
   *
   * <pre>
   *   v     = momentum * v + (mean - before)
   *   after = mean + momentum * v
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

    @Override
    public RoundState apply(RoundState before, ShardResult mean) {
      float[] averaged = mean.parameters();
      float[] from = before.parameters();
      float[] velocity = new float[averaged.length];
      float[] last = before.velocity().length == 0 ? velocity : before.velocity();
      float[] after = new float[averaged.length];
      for (int i = 0; i < after.length; i++) {
        velocity[i] = (float) (momentum * last[i] + ((double) averaged[i] - from[i]));
        after[i] = (float) (averaged[i] + momentum * velocity[i]);
      }
      return before.nextRound(after, mean.optimizer(), velocity);
    }
  }
}

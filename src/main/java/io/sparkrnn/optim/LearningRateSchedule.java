package io.sparkrnn.optim;

import io.sparkrnn.kernel.Require;
import java.io.Serializable;
import java.util.Objects;

/**
 * How the learning rate changes while training goes on: a factor on the base rate, as a function of
 * the progress in epochs, so that it does not depend on batch size, rounds or shards.
 *
 * <p>Immutable. StrictMath only: the same bits on every JVM.
 */
public sealed interface LearningRateSchedule extends Serializable
    permits LearningRateSchedule.Constant,
        LearningRateSchedule.Exponential,
        LearningRateSchedule.Cosine,
        LearningRateSchedule.WarmUp {

  /**
   * Returns the factor on the base learning rate.
   *
   * @param epochs progress since the start in epochs, fractional, 0 for the first step
   */
  double factor(double epochs);

  /** Always 1. */
  record Constant() implements LearningRateSchedule {
    @Override
    public double factor(double epochs) {
      return 1;
    }
  }

  /**
   * {@code decayRate ^ (epochs / decayEpochs)}, without steps. Keras: {@code ExponentialDecay}.
   *
   * @param decayRate factor after each decayEpochs, more than 0
   * @param decayEpochs epochs in which the rate falls to decayRate times its value, more than 0
   */
  record Exponential(double decayRate, double decayEpochs) implements LearningRateSchedule {
    public Exponential {
      Require.positive("decayRate", decayRate);
      Require.positive("decayEpochs", decayEpochs);
    }

    @Override
    public double factor(double epochs) {
      return StrictMath.pow(decayRate, epochs / decayEpochs);
    }
  }

  /**
   * Half a cosine from 1 down to alpha, then constant. Keras: {@code CosineDecay}.
   *
   * <pre>
   *   (1 - alpha) (1 + cos(pi min(epochs, decayEpochs) / decayEpochs)) / 2 + alpha
   * </pre>
   *
   * @param decayEpochs length of the descent in epochs, more than 0
   * @param alpha the final factor, in [0, 1]
   */
  record Cosine(double decayEpochs, double alpha) implements LearningRateSchedule {
    public Cosine {
      Require.positive("decayEpochs", decayEpochs);
      Require.fraction("alpha", alpha);
    }

    @Override
    public double factor(double epochs) {
      double done = Math.min(epochs, decayEpochs) / decayEpochs;
      return (1 - alpha) * 0.5 * (1 + StrictMath.cos(Math.PI * done)) + alpha;
    }
  }

  /**
   * A straight line from 0 to 1, then another schedule that starts where the line ends.
   *
   * @param warmUpEpochs length of the rise in epochs, more than 0
   * @param then what follows
   */
  record WarmUp(double warmUpEpochs, LearningRateSchedule then) implements LearningRateSchedule {
    public WarmUp {
      Require.positive("warmUpEpochs", warmUpEpochs);
      Objects.requireNonNull(then, "then");
    }

    @Override
    public double factor(double epochs) {
      return epochs < warmUpEpochs
          ? then.factor(0) * (epochs / warmUpEpochs)
          : then.factor(epochs - warmUpEpochs);
    }
  }
}

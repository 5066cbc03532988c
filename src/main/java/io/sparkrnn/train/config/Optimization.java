package io.sparkrnn.train.config;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.LearningRateSchedule;
import io.sparkrnn.optim.MovingAverage;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.Plateau;
import java.util.Objects;

/**
 * How a gradient moves the parameters.
 *
 * @param optimizer update rule with its constants
 * @param learningRate step size before the schedule's factor
 * @param schedule factor of the learning rate by progress in epochs
 * @param plateau when the learning rate is reduced because the loss stopped falling
 * @param clipping gradient clipping
 * @param ema moving average of the parameters, which is evaluated and becomes the model if one is
 *     kept
 * @param truncatedSteps steps of a segment that gradients do not leave on their way back through
 *     time, 0 for whole sequences; see {@link io.sparkrnn.nn.Tape#truncate}
 */
public record Optimization(
    OptimizerSpec optimizer,
    double learningRate,
    LearningRateSchedule schedule,
    Plateau plateau,
    Clipping clipping,
    MovingAverage ema,
    int truncatedSteps)
    implements OptionGroup {
  public Optimization {
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(plateau, "plateau");
    Objects.requireNonNull(clipping, "clipping");
    Objects.requireNonNull(ema, "ema");
    Require.atLeast(0, "truncatedSteps", truncatedSteps);
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException("learningRate must be > 0, got " + learningRate);
    }
  }

  /** Keras's RMSprop at its default rate, which stays, without clipping. */
  public static Optimization defaults() {
    OptimizerSpec optimizer = OptimizerSpec.RmsProp.defaults();
    return new Optimization(
        optimizer,
        defaultLearningRate(optimizer),
        new LearningRateSchedule.Constant(),
        Plateau.never(),
        Clipping.none(),
        new MovingAverage(0),
        0);
  }

  /** Returns Keras's default learning rate: 0.01 for SGD, 0.001 for the others. */
  public static double defaultLearningRate(OptimizerSpec optimizer) {
    return optimizer instanceof OptimizerSpec.Sgd ? 0.01 : 0.001;
  }

  /** Returns the same with another optimizer and learning rate. */
  public Optimization with(OptimizerSpec optimizer, double learningRate) {
    return new Optimization(
        optimizer, learningRate, schedule, plateau, clipping, ema, truncatedSteps);
  }

  /** Returns the same with another rule for plateaus of the loss. */
  public Optimization with(Plateau plateau) {
    return new Optimization(
        optimizer, learningRate, schedule, plateau, clipping, ema, truncatedSteps);
  }

  /** Returns the same with other clipping. */
  public Optimization with(Clipping clipping) {
    return new Optimization(
        optimizer, learningRate, schedule, plateau, clipping, ema, truncatedSteps);
  }

  /** Returns the same with another moving average. */
  public Optimization with(MovingAverage ema) {
    return new Optimization(
        optimizer, learningRate, schedule, plateau, clipping, ema, truncatedSteps);
  }

  /** Returns the same with segments of another length. */
  public Optimization withTruncatedSteps(int truncatedSteps) {
    return new Optimization(
        optimizer, learningRate, schedule, plateau, clipping, ema, truncatedSteps);
  }

  /**
   * Returns the learning rate of a step.
   *
   * @param epochs progress since the start in epochs, fractional
   * @param rateFactor what plateaus made of the rate
   */
  public double rate(double epochs, double rateFactor) {
    return learningRate * schedule.factor(epochs) * rateFactor;
  }
}

package io.sparkrnn.train;

import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.LearningRateSchedule;
import io.sparkrnn.optim.MovingAverage;
import io.sparkrnn.optim.OptimizerSpec;
import java.util.Objects;

/**
 * How a gradient moves the parameters.
 *
 * @param optimizer update rule with its constants
 * @param learningRate step size before the schedule's factor
 * @param schedule factor of the learning rate by progress in epochs
 * @param clipping gradient clipping
 * @param ema moving average of the parameters, which is evaluated and becomes the model if one is
 *     kept
 */
public record Optimization(
    OptimizerSpec optimizer,
    double learningRate,
    LearningRateSchedule schedule,
    Clipping clipping,
    MovingAverage ema)
    implements OptionGroup {
  public Optimization {
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(clipping, "clipping");
    Objects.requireNonNull(ema, "ema");
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException("learningRate must be > 0, got " + learningRate);
    }
  }

  /** Keras's RMSprop at a constant rate of 0.001, without clipping. */
  public static Optimization defaults() {
    return new Optimization(
        OptimizerSpec.RmsProp.defaults(),
        0.001,
        new LearningRateSchedule.Constant(),
        Clipping.none(),
        new MovingAverage(0));
  }

  /** Returns the same with another optimizer and learning rate. */
  public Optimization with(OptimizerSpec optimizer, double learningRate) {
    return new Optimization(optimizer, learningRate, schedule, clipping, ema);
  }

  /** Returns the same with other clipping. */
  public Optimization with(Clipping clipping) {
    return new Optimization(optimizer, learningRate, schedule, clipping, ema);
  }

  /** Returns the same with another moving average. */
  public Optimization with(MovingAverage ema) {
    return new Optimization(optimizer, learningRate, schedule, clipping, ema);
  }
}

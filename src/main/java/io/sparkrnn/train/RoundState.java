package io.sparkrnn.train;

import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.train.config.Optimization;
import java.io.Serializable;
import java.util.Objects;

/**
 * What every shard starts a round from; broadcast, not modified.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records.
 */
public final class RoundState implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] parameters;
  private final OptimizerState optimizer;
  private final float[] velocity;
  private final int epoch;
  private final int round;
  private final double rateFactor;

  /**
   * Creates a state; arrays are not copied.
   *
   * @param parameters all parameters of the network in storage order
   * @param optimizer moments and step count that belong to them
   * @param velocity velocity of the outer update, as long as {@code parameters}, or empty for a
   *     plain mean
   * @param epoch epoch, counted from 0
   * @param round round of the epoch, counted from 0
   */
  public RoundState(
      float[] parameters, OptimizerState optimizer, float[] velocity, int epoch, int round) {
    this(parameters, optimizer, velocity, epoch, round, 1);
  }

  private RoundState(
      float[] parameters,
      OptimizerState optimizer,
      float[] velocity,
      int epoch,
      int round,
      double rateFactor) {
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(optimizer, "optimizer");
    if (velocity.length != 0 && velocity.length != parameters.length) {
      throw new IllegalArgumentException(
          "velocity must have 0 or " + parameters.length + " values, got " + velocity.length);
    }
    if (epoch < 0 || round < 0) {
      throw new IllegalArgumentException(
          "epoch and round must be >= 0, got " + epoch + " and " + round);
    }
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.velocity = velocity;
    this.epoch = epoch;
    this.round = round;
    this.rateFactor = rateFactor;
  }

  /** Returns all parameters of the network in storage order. */
  public float[] parameters() {
    return parameters;
  }

  /**
   * Returns the parameters a model of this state has: their moving average if one is kept, else
   * {@link #parameters} themselves.
   */
  public float[] modelParameters() {
    return optimizer.average().length > 0 ? optimizer.average() : parameters;
  }

  /** Returns the moments and step count that belong to them. */
  public OptimizerState optimizer() {
    return optimizer;
  }

  /**
   * Returns the velocity of the outer update, as long as {@code parameters}, or empty for a plain
   * mean.
   */
  public float[] velocity() {
    return velocity;
  }

  /** Returns the epoch, counted from 0. */
  public int epoch() {
    return epoch;
  }

  /** Returns the round of the epoch, counted from 0. */
  public int round() {
    return round;
  }

  /** The state before the first round: zero moments. */
  public static RoundState initial(Optimization optimization, float[] parameters) {
    OptimizerState zeros = OptimizerState.zeros(optimization.optimizer(), parameters.length);
    return new RoundState(
        parameters, optimization.ema().begin(zeros, parameters), new float[0], 0, 0);
  }

  /** Returns the same without what only the outer update reads. */
  public RoundState withoutVelocity() {
    return new RoundState(parameters, optimizer, new float[0], epoch, round, rateFactor);
  }

  /** Returns the same numbers at the start of the next epoch. */
  public RoundState nextEpoch() {
    return new RoundState(parameters, optimizer, velocity, epoch + 1, 0, rateFactor);
  }

  /** Returns the state of the next round; arrays are not copied. */
  public RoundState nextRound(float[] parameters, OptimizerState optimizer, float[] velocity) {
    return new RoundState(parameters, optimizer, velocity, epoch, round + 1, rateFactor);
  }

  /** Returns the same with another factor on the learning rate; itself when that is no other. */
  RoundState withRateFactor(double rateFactor) {
    return rateFactor == this.rateFactor
        ? this
        : new RoundState(parameters, optimizer, velocity, epoch, round, rateFactor);
  }

  /** Returns the factor on the learning rate, 1 until a plateau of the loss reduces it. */
  public double rateFactor() {
    return rateFactor;
  }
}

package io.sparkrnn.train;

import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.train.course.ShardTimes;
import java.io.Serializable;

/**
 * What one shard hands back after a round.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records.
 */
public final class ShardResult implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] parameters;
  private final OptimizerState optimizer;
  private final long examples;
  private final double weight;
  private final double lossSum;
  private final StepNorms norms;
  private final double squaredMove;
  private final ShardTimes times;

  /**
   * Creates a result; arrays are not copied.
   *
   * @param parameters the parameters after the shard's steps
   * @param optimizer the optimizer's state after them
   * @param examples examples consumed, 0 for a shard without rows in this round
   * @param weight sum of their weights
   * @param lossSum weighted sum of their losses
   * @param norms gradient norms by time step of the sampled batches
   */
  public ShardResult(
      float[] parameters,
      OptimizerState optimizer,
      long examples,
      double weight,
      double lossSum,
      StepNorms norms) {
    this(parameters, optimizer, examples, weight, lossSum, norms, 0, ShardTimes.none());
  }

  private ShardResult(
      float[] parameters,
      OptimizerState optimizer,
      long examples,
      double weight,
      double lossSum,
      StepNorms norms,
      double squaredMove,
      ShardTimes times) {
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.examples = examples;
    this.weight = weight;
    this.lossSum = lossSum;
    this.norms = norms;
    this.squaredMove = squaredMove;
    this.times = times;
  }

  /** Returns the same with how far the parameters moved; see {@link #squaredMove}. */
  ShardResult withSquaredMove(double squares) {
    return new ShardResult(parameters, optimizer, examples, weight, lossSum, norms, squares, times);
  }

  /** Returns the same with the times at which shards were computed. */
  public ShardResult withTimes(ShardTimes computed) {
    return new ShardResult(
        parameters, optimizer, examples, weight, lossSum, norms, squaredMove, computed);
  }

  /** Returns the parameters after the shard's steps. */
  public float[] parameters() {
    return parameters;
  }

  /** Returns the optimizer's state after them. */
  public OptimizerState optimizer() {
    return optimizer;
  }

  /** Returns the number of examples consumed, 0 for a shard without rows in this round. */
  public long examples() {
    return examples;
  }

  /** Returns the sum of their weights. */
  public double weight() {
    return weight;
  }

  /** Returns the weighted sum of their losses. */
  public double lossSum() {
    return lossSum;
  }

  /** Returns the gradient norms by time step of the sampled batches. */
  public StepNorms norms() {
    return norms;
  }

  /**
   * Returns the squared distance of the parameters from where the round began; of several shards
   * the mean, weighted by examples. 0 where nobody said.
   */
  public double squaredMove() {
    return squaredMove;
  }

  /** Returns when the shards were computed, as far as somebody looked at a clock. */
  public ShardTimes times() {
    return times;
  }
}

package io.sparkrnn.train;

import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.optim.OptimizerState;
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
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.examples = examples;
    this.weight = weight;
    this.lossSum = lossSum;
    this.norms = norms;
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
}

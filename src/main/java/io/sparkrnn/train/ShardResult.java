package io.sparkrnn.train;

import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.optim.OptimizerState;
import java.io.Serializable;

/**
 * What one shard hands back after a round.
 *
 * @param parameters the parameters after the shard's steps
 * @param optimizer the optimizer's state after them
 * @param examples examples consumed, 0 for a shard without rows in this round
 * @param weight sum of their weights
 * @param lossSum weighted sum of their losses
 * @param norms gradient norms by time step of the sampled batches
 */
public record ShardResult(
    float[] parameters,
    OptimizerState optimizer,
    long examples,
    double weight,
    double lossSum,
    StepNorms norms)
    implements Serializable {}

package io.sparkrnn.train;

import io.sparkrnn.nn.StepNorms;
import java.io.Serializable;

/**
 * What the rounds of a begun epoch add up to so far.
 *
 * @param lossSum weighted sum of the losses
 * @param weight sum of the weights
 * @param norms gradient norms by time step of the sampled batches. Not modified.
 * @param nanos time the rounds took, in nanoseconds
 */
public record EpochSums(double lossSum, double weight, StepNorms norms, long nanos)
    implements Serializable {
  /** Returns the sums of no round. */
  public static EpochSums none() {
    return new EpochSums(0, 0, new StepNorms(1), 0);
  }

  /** Returns these sums and those of one more result; the order of the results counts. */
  EpochSums plus(ShardResult result) {
    return new EpochSums(
        lossSum + result.lossSum(), weight + result.weight(), norms.plus(result.norms()), nanos);
  }

  /** Returns these sums with the time of one more round. */
  EpochSums plusNanos(long roundNanos) {
    return new EpochSums(lossSum, weight, norms, nanos + roundNanos);
  }

  /** Returns the weighted mean loss, 0 when nothing has a weight. */
  double meanLoss() {
    return weight == 0 ? 0 : lossSum / weight;
  }
}

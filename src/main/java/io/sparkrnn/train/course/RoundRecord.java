package io.sparkrnn.train.course;

/**
 * What one round did.
 *
 * @param epoch number of the epoch, from 1
 * @param round number of the round in its epoch, from 1
 * @param rounds rounds of an epoch
 * @param examples examples consumed by all shards
 * @param loss weighted mean loss over them, each before its step
 * @param divergence how far the shards drifted apart, as a share of how far their mean moved; see
 *     {@link Divergence}
 * @param times where its time went
 */
public record RoundRecord(
    int epoch,
    int round,
    int rounds,
    long examples,
    double loss,
    double divergence,
    RoundTimes times) {
  /** Returns the examples consumed per second of the wall clock. */
  public double examplesPerSecond() {
    return examples / Math.max(1e-9, times.wall() * 1e-9);
  }
}

package io.sparkrnn.train;

/** What a training spends its time on. */
public enum Phase {
  /** Reading, checking and packing rows, and all else that comes before the first round. */
  PREPARING,
  /** Waiting for the shards' rounds. */
  TRAINING,
  /** Averaging the shards' results on the driver. */
  AVERAGING,
  /** Evaluating on the validation rows. */
  EVALUATING,
  /** Training the wide branch and combining it with the network. */
  WIDE
}

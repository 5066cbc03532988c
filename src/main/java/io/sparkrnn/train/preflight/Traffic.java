package io.sparkrnn.train.preflight;

import io.sparkrnn.nn.Network;
import io.sparkrnn.train.config.TrainingConfig;

/**
 * What the rounds of a training send, in bytes.
 *
 * <pre>
 *   state = 4 P (1 + slots + a)        P parameters, the optimizer's slots, a = 1 with a moving average
 * </pre>
 *
 * @param parameters P
 * @param arrays arrays of P floats that a state has: 1 + slots + a
 * @param rounds rounds of an epoch
 * @param broadcast bytes that each executor is sent in a round, 0 in one process
 * @param results bytes that reach the driver in a round, 0 in one process
 */
public record Traffic(long parameters, int arrays, int rounds, long broadcast, long results) {

  /** Returns what a training sends on a cluster. */
  static Traffic of(TrainingConfig config, ShardedData data, Cluster cluster) {
    long parameters = new Network(config.network()).layout().size();
    boolean averages = config.optimization().ema().isKept();
    int arrays = 1 + config.optimization().optimizer().slots() + (averages ? 1 : 0);
    long state = Float.BYTES * parameters * arrays;
    return new Traffic(
        parameters,
        arrays,
        config.roundCount((int) data.rows().getMax()),
        cluster.results() == 0 ? 0 : state,
        cluster.results() * state);
  }

  /** Returns the bytes of a state. */
  long state() {
    return Float.BYTES * parameters * arrays;
  }
}

package io.sparkrnn.train.preflight;

/**
 * How long a training takes, as far as a short measurement tells.
 *
 * @param gflops what a task does in a second, in 1e9 flop as {@link
 *     io.sparkrnn.train.config.ShardCount} counts them
 * @param warmUpSeconds what the first epoch takes longer until the code is compiled
 * @param roundSeconds a round
 * @param epochSeconds an epoch, its validation included
 * @param trainingSeconds all epochs and the warm-up; early stopping may end it sooner
 */
public record TimeEstimate(
    double gflops,
    double warmUpSeconds,
    double roundSeconds,
    double epochSeconds,
    double trainingSeconds) {}

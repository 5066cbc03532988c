package io.sparkrnn.train.preflight;

/**
 * How fast this machine trains, as {@link Calibration} measured it.
 *
 * @param stepsPerSecond steps of one task while as many run side by side as will in the training
 * @param evaluatedPerSecond steps of one task that evaluates
 * @param warmUpSeconds what was lost until the code was compiled
 * @param planSecondsPerRow what it takes to shuffle a shard and to sort its pools, for each row
 * @param addSeconds what it takes the driver to add a result to the mean
 * @param batchSteps steps of the batches of some rows. Not modified.
 */
record Rate(
    double stepsPerSecond,
    double evaluatedPerSecond,
    double warmUpSeconds,
    double planSecondsPerRow,
    double addSeconds,
    int[] batchSteps) {}

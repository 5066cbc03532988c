package io.sparkrnn.train.preflight;

/**
 * A measured stretch of training.
 *
 * @param steps steps of its rows
 * @param nanos how long it took
 */
record Slice(long steps, long nanos) {}

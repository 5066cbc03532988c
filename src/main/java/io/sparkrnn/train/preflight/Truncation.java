package io.sparkrnn.train.preflight;

/**
 * What texts lost because they were longer than a network reads.
 *
 * @param rows texts that were longer
 * @param tokens words of theirs that were left out
 */
public record Truncation(long rows, long tokens) {}

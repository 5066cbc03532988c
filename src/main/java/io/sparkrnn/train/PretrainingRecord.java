package io.sparkrnn.train;

/**
 * What a network was before it learnt from labels: a language model.
 *
 * @param texts the texts it read, with a label or without
 * @param history its epochs, with the perplexity of the texts held out
 * @param seconds how long it took
 */
public record PretrainingRecord(long texts, TrainingHistory history, double seconds) {}

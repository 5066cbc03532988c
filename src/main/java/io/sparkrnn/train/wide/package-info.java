/**
 * The wide branch of a classifier: a linear model of the n-grams of a text beside its network.
 *
 * <p>A room of {@code io.sparkrnn.train}, which uses {@code train.shards} and {@code
 * train.metrics}. Knows neither rounds nor Spark: who trains hands it the sums over shards.
 */
package io.sparkrnn.train.wide;

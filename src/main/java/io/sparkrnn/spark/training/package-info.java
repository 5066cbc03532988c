/**
 * Training on the executors: rounds, averaging, evaluation, checkpoints.
 *
 * <p>A room of {@code io.sparkrnn.spark}, after {@code rows}. Knows no estimator.
 */
package io.sparkrnn.spark.training;

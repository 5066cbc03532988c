/**
 * A training as Spark shows it: what its jobs are called, its figures among Spark's metrics, and
 * what Spark says of executors.
 *
 * <p>A room of {@code io.sparkrnn.spark}, after {@code input}.
 */
package io.sparkrnn.spark.jobs;

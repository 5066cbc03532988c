/**
 * What heads are measured by: a head's metrics collect predictions, shard by shard, into an {@link
 * io.sparkrnn.train.metrics.Evaluation}, a set of named figures that console, JSON and report
 * print.
 *
 * <p>A room of {@code train}. A new kind of head is a class of {@code HeadMetrics}, and its figures
 * lines of {@link io.sparkrnn.train.metrics.Metric}.
 */
package io.sparkrnn.train.metrics;

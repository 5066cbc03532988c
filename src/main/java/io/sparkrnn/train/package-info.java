/**
 * Training without Spark: configuration, packed shards, batch plans, the one-shard trainer, the
 * averaging algebra, the training loop, history; metrics are in the room {@code metrics}. The
 * distributed trainer runs the same loop and the same step on executors.
 *
 * <p>May import {@code io.sparkrnn.kernel}, {@code optim}, {@code nn} and {@code text}.
 */
package io.sparkrnn.train;

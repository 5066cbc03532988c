/**
 * Training without Spark: the one-shard trainer, the averaging algebra, the training loop, history.
 * The distributed trainer runs the same loop and the same step on executors. Rooms: {@code config},
 * {@code shards}, {@code batches}, {@code metrics}, {@code course}.
 *
 * <p>May import {@code io.sparkrnn.kernel}, {@code optim}, {@code nn} and {@code text}.
 */
package io.sparkrnn.train;

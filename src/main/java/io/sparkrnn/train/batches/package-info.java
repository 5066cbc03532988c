/**
 * The batches of a shard: which rows they have, and the gradient of one on the threads of a task.
 *
 * <p>Uses shards and configuration; {@code io.sparkrnn.train} uses it.
 */
package io.sparkrnn.train.batches;

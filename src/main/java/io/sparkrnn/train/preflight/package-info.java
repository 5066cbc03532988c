/**
 * What a training will be like before it begins: its rows in shards, memory, what a round sends,
 * and how long it takes.
 *
 * <p>A room of {@code io.sparkrnn.train}: knows its configuration, shards and step; the loop and
 * its listeners know the finished {@link io.sparkrnn.train.preflight.Preflight} alone.
 */
package io.sparkrnn.train.preflight;

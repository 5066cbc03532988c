/**
 * What sequences are trained on: one value for each, one for each of their steps, or a sequence of
 * ids for each.
 *
 * <p>A room of {@code nn} that knows nothing of the other rooms: shards keep {@link
 * io.sparkrnn.nn.targets.Targets}, a batch hands its head {@link
 * io.sparkrnn.nn.targets.BatchTargets}.
 */
package io.sparkrnn.nn.targets;

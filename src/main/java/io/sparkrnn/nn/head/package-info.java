/**
 * The heads of networks: what is computed after the last recurrent layer, from its outputs to
 * predictions, and from targets back to the derivatives by those outputs.
 *
 * <p>A room of {@code nn} that the network alone enters. A task is a {@link
 * io.sparkrnn.nn.HeadSpec}, which says what is read of the steps, what comes out and which {@link
 * io.sparkrnn.nn.targets.Targets} and loss it is trained with; a {@link io.sparkrnn.nn.head.Head},
 * which computes it; and its metrics, in {@code train}.
 */
package io.sparkrnn.nn.head;

/**
 * Labels of a sequence as a linear chain: sums over all paths, and the best of them.
 *
 * <p>A room of {@code nn} that knows nothing of the other rooms.
 */
package io.sparkrnn.nn.chain;

/**
 * Activations of outputs with the losses that belong to them, on rows of a few values.
 *
 * <p>Knows targets and the specifications of heads, and nothing of how the values came about.
 */
package io.sparkrnn.nn.output;

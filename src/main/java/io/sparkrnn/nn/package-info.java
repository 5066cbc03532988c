/**
 * Layers, losses and networks.
 *
 * <p>Three kinds of objects, never merged: topology ({@link io.sparkrnn.nn.NetworkSpec} and the
 * layers made from it, immutable), parameters (one {@code float[]} described by {@link
 * io.sparkrnn.nn.ParameterLayout}) and the {@link io.sparkrnn.nn.Tape} (scratch, one per thread).
 * Builds on {@code kernel} only. What comes after the last layer is in the room {@code head}, what
 * sequences are trained on in {@code targets}.
 *
 * <p>In shape comments B is the batch size, T the longest sequence, N the steps of all sequences
 * together, I the input size, H the units, G the gate columns, V the vocabulary size, D the
 * distinct tokens of a batch, K the outputs.
 */
package io.sparkrnn.nn;

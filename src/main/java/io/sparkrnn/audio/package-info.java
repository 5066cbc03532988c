/**
 * Audio as networks read it: WAV files become samples, samples become log-mel frames.
 *
 * <p>Plain Java that needs nothing of the project, beside {@code text}. Everything here is
 * immutable or owned by one thread, and gives the same bits on every machine.
 */
package io.sparkrnn.audio;

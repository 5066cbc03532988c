/**
 * What {@code submit/train} does: read, learn words, train, test, write.
 *
 * <p>A room of {@code io.sparkrnn.cli}, after {@code output}, {@code session} and {@code reviews}.
 */
package io.sparkrnn.cli.training;

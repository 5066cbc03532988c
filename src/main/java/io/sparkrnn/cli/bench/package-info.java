/**
 * What {@code submit/bench} measures.
 *
 * <p>A room of {@code io.sparkrnn.cli}, after {@code output}.
 */
package io.sparkrnn.cli.bench;

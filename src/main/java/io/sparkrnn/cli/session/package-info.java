/**
 * The process around a command: Spark session, environment, failures as one line.
 *
 * <p>A room of {@code io.sparkrnn.cli}, after {@code options}.
 */
package io.sparkrnn.cli.session;

/**
 * What {@code submit/score} does: the rows in parts, each written whole or not at all, so that a
 * job that was cut off goes on where it was.
 *
 * <p>A room of {@code io.sparkrnn.cli} that uses {@code output}, {@code reviews} and the progress
 * display of {@code training}.
 */
package io.sparkrnn.cli.scoring;

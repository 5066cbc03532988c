/**
 * Reviews as commands use them: labelled, scored, evaluated.
 *
 * <p>A room of {@code io.sparkrnn.cli}. Knows no command.
 */
package io.sparkrnn.cli.reviews;

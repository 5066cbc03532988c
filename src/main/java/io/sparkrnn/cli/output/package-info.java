/**
 * Files that commands write: whole or not at all, and never over what they read.
 *
 * <p>A room of {@code io.sparkrnn.cli} that uses {@code options} alone.
 */
package io.sparkrnn.cli.output;

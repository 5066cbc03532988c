/**
 * Files of reviews become rows: text, label, and why a row cannot be used.
 *
 * <p>A room of {@code io.sparkrnn.spark}, after {@code files}. Knows nothing of networks.
 */
package io.sparkrnn.spark.input;

/**
 * Translators for programs without Spark.
 *
 * <p>A room of {@code io.sparkrnn.io}.
 */
package io.sparkrnn.io.translation;

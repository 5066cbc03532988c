/**
 * Forecasters for programs without Spark, and the file of what they know of their series.
 *
 * <p>A room of {@code io}: uses models of its own package.
 */
package io.sparkrnn.io.forecast;

/**
 * Rows become packed shards: checked, assigned by content, sorted, cached.
 *
 * <p>A room of {@code io.sparkrnn.spark}, after {@code input} and {@code params}.
 */
package io.sparkrnn.spark.rows;

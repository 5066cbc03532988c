/**
 * CSV and TSV: by which rules a file has quotes, where its records are, what their cells hold.
 *
 * <p>A room of {@code io.sparkrnn.spark}, which {@code input} opens files by.
 */
package io.sparkrnn.spark.delimited;

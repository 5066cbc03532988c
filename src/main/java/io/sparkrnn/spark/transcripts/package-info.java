/**
 * Rows with labels of their steps, in their order: the labels that there are, and how rows are
 * read.
 *
 * <p>A room of {@code io.sparkrnn.spark}, after {@code rows}. Knows no estimator.
 */
package io.sparkrnn.spark.transcripts;

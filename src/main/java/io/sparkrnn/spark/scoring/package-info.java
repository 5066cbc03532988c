/**
 * A model applied to rows: what is read, what is appended, how it is evaluated.
 *
 * <p>A room of {@code io.sparkrnn.spark}, after {@code rows}. Knows no estimator.
 */
package io.sparkrnn.spark.scoring;

/**
 * What lies at a place and how it is read: listings in which nothing is missing, text in slices,
 * and why something cannot be read.
 *
 * <p>A room of {@code io.sparkrnn.spark}, before {@code input}, of which it knows how failures are
 * told.
 */
package io.sparkrnn.spark.files;

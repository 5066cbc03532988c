/**
 * From text to token ids: tokenizing, vocabulary, padding, and a grammar that writes sample
 * reviews.
 *
 * <p>Plain Java. Imports nothing of the project; {@code io.sparkrnn.spark} wraps it in pipeline
 * stages.
 */
package io.sparkrnn.text;

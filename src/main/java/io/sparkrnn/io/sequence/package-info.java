/**
 * Models of vectors and audio, and taggers, for programs without Spark.
 *
 * <p>A room of {@code io.sparkrnn.io}; uses models of its own package, and {@code features}.
 */
package io.sparkrnn.io.sequence;

/**
 * Models and checkpoints on Hadoop file systems.
 *
 * <p>First of the rooms of {@code io.sparkrnn.spark}: uses none of the others.
 */
package io.sparkrnn.spark.storage;

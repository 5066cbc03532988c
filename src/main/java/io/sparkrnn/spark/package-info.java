/**
 * Spark-facing classes: ML stages, estimator and model, readers, the distributed trainer.
 *
 * <p>May import every package but {@code io.sparkrnn.cli}. Nothing below knows of Spark.
 */
package io.sparkrnn.spark;

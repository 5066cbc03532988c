/**
 * The options: one table, the parameters of Spark ML stages that come from it, and what they mean
 * to the engine.
 *
 * <p>{@link io.sparkrnn.spark.params.OptionTable} has a row for each option. The interfaces of its
 * groups are generated; {@link io.sparkrnn.spark.params.TrainingSetup} turns their values into a
 * {@link io.sparkrnn.train.TrainingConfig}. Knows no estimator.
 */
package io.sparkrnn.spark.params;

/**
 * The parameters of one task each, generated from the {@link io.sparkrnn.spark.params.OptionTable};
 * those that all estimators have are a room above.
 */
package io.sparkrnn.spark.params.task;

/**
 * What a recurrent network is compared with: tf-idf and logistic regression.
 *
 * <p>The last room of {@code io.sparkrnn.spark}: uses the stages, and none of them uses it.
 */
package io.sparkrnn.spark.baseline;

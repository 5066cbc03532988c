/**
 * The stages of Spark ML: estimators, models and transformers, each a thin face of the rooms below.
 *
 * <p>May import every package but {@code io.sparkrnn.cli}. Its rooms, in order: {@code storage},
 * {@code input}, {@code params}, {@code rows}, {@code training}, {@code scoring}; {@code baseline}
 * stands beside it. Nothing below knows of Spark.
 */
package io.sparkrnn.spark;

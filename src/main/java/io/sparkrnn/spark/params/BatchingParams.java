package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.BATCHING;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;

// spotless:off
/**
 * Batching: how the rows of a shard are grouped.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface BatchingParams<S extends BatchingParams<S>> extends FluentParams<S> {
  /**
   * Examples that are computed together, per shard; one local step, unless accumulateBatches is
   * more than 1.
   */
  default IntParam batchSize() { return BATCHING.param(this, "batchSize"); }
  /** Returns {@link #batchSize}. */
  default int getBatchSize() { return (int) getOrDefault(batchSize()); }
  /** Sets {@link #batchSize}. */
  default S setBatchSize(int value) { return with(batchSize(), value); }

  /** Batches whose gradients add up to one step, as if they were one batch. */
  default IntParam accumulateBatches() { return BATCHING.param(this, "accumulateBatches"); }
  /** Returns {@link #accumulateBatches}. */
  default int getAccumulateBatches() { return (int) getOrDefault(accumulateBatches()); }
  /** Sets {@link #accumulateBatches}. */
  default S setAccumulateBatches(int value) { return with(accumulateBatches(), value); }

  /** Steps whose rows are sorted by length together, 0 for no sorting. */
  default IntParam poolBatches() { return BATCHING.param(this, "poolBatches"); }
  /** Returns {@link #poolBatches}. */
  default int getPoolBatches() { return (int) getOrDefault(poolBatches()); }
  /** Sets {@link #poolBatches}. */
  default S setPoolBatches(int value) { return with(poolBatches(), value); }

  /** Fraction of a sequence's words left out of it while training, which makes it shorter. */
  default DoubleParam wordDropout() { return BATCHING.param(this, "wordDropout"); }
  /** Returns {@link #wordDropout}. */
  default double getWordDropout() { return (double) getOrDefault(wordDropout()); }
  /** Sets {@link #wordDropout}. */
  default S setWordDropout(double value) { return with(wordDropout(), value); }
}
// spotless:on

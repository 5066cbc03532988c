package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.STOPPING;

import org.apache.spark.ml.param.IntParam;

// spotless:off
/**
 * Stopping: when training ends.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface StoppingParams<S extends StoppingParams<S>> extends FluentParams<S> {
  /** Number of epochs. */
  default IntParam maxIter() { return STOPPING.param(this, "maxIter"); }
  /** Returns {@link #maxIter}. */
  default int getMaxIter() { return (int) getOrDefault(maxIter()); }
  /** Sets {@link #maxIter}. */
  default S setMaxIter(int value) { return with(maxIter(), value); }

  /**
   * Epochs without a better validation loss before training stops and the best weights return, 0
   * for never.
   */
  default IntParam patience() { return STOPPING.param(this, "patience"); }
  /** Returns {@link #patience}. */
  default int getPatience() { return (int) getOrDefault(patience()); }
  /** Sets {@link #patience}. */
  default S setPatience(int value) { return with(patience(), value); }
}
// spotless:on

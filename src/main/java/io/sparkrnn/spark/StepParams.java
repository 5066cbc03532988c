package io.sparkrnn.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;

/**
 * Parameters of a local step: what happens to gradient and weights around the optimizer's rule.
 *
 * @param <S> the class that has the parameters
 */
public interface StepParams<S extends StepParams<S>> extends FluentParams<S> {
  /** Batches whose gradients add up to one step, as if they were one batch. */
  default IntParam accumulateBatches() {
    return new IntParam(
        this,
        "accumulateBatches",
        "batches whose gradients add up to one step, as if they were one batch",
        ParamRules.atLeast("accumulateBatches", 1));
  }

  /** Returns {@link #accumulateBatches}. */
  default int getAccumulateBatches() {
    return (int) getOrDefault(accumulateBatches());
  }

  /** Sets {@link #accumulateBatches}. */
  default S setAccumulateBatches(int value) {
    return with(accumulateBatches(), value);
  }

  /**
   * Steps that a gradient goes back in time at most, counted from each sequence's end; 0 for all.
   */
  default IntParam truncatedSteps() {
    return new IntParam(
        this,
        "truncatedSteps",
        "steps that a gradient goes back in time at most, in segments counted from each sequence's end; 0 for all",
        ParamRules.atLeast("truncatedSteps", 0));
  }

  /** Returns {@link #truncatedSteps}. */
  default int getTruncatedSteps() {
    return (int) getOrDefault(truncatedSteps());
  }

  /** Sets {@link #truncatedSteps}. */
  default S setTruncatedSteps(int value) {
    return with(truncatedSteps(), value);
  }

  /**
   * Momentum of the moving average of the weights, which is evaluated and becomes the model; 0 for
   * none.
   */
  default DoubleParam emaMomentum() {
    return new DoubleParam(
        this,
        "emaMomentum",
        "momentum of the moving average of the weights, which is evaluated and becomes the model; 0 for none",
        ParamRules.rate("emaMomentum"));
  }

  /** Returns {@link #emaMomentum}. */
  default double getEmaMomentum() {
    return (double) getOrDefault(emaMomentum());
  }

  /** Sets {@link #emaMomentum}. */
  default S setEmaMomentum(double value) {
    return with(emaMomentum(), value);
  }
}

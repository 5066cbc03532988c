package io.sparkrnn.spark;

import org.apache.spark.ml.param.DoubleParam;

/**
 * Parameters of what is minimized, besides the loss.
 *
 * @param <S> the class that has the parameters
 */
public interface ObjectiveParams<S extends ObjectiveParams<S>> extends FluentParams<S> {
  /** How far training targets move towards the uniform distribution. */
  default DoubleParam labelSmoothing() {
    return new DoubleParam(
        this,
        "labelSmoothing",
        "how far training targets move towards the uniform distribution",
        ParamRules.rate("labelSmoothing"));
  }

  /** Returns {@link #labelSmoothing}. */
  default double getLabelSmoothing() {
    return (double) getOrDefault(labelSmoothing());
  }

  /** Sets {@link #labelSmoothing}. */
  default S setLabelSmoothing(double value) {
    return with(labelSmoothing(), value);
  }
}

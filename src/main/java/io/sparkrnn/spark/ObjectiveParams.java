package io.sparkrnn.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;

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

  /** Factor of the L2 penalty on all kernels, which the training loss includes. */
  default DoubleParam l2() {
    return new DoubleParam(
        this,
        "l2",
        "factor of the L2 penalty on all kernels, which the training loss includes",
        ParamRules.atLeast("l2", 0.0));
  }

  /** Returns {@link #l2}. */
  default double getL2() {
    return (double) getOrDefault(l2());
  }

  /** Sets {@link #l2}. */
  default S setL2(double value) {
    return with(l2(), value);
  }

  /**
   * How much the examples of each class count in training: balanced, or such as 0=1.0,1=2.5, where
   * classes left out have 1; empty for 1 each.
   */
  default Param<String> classWeight() {
    return new Param<>(
        this,
        "classWeight",
        "how much the examples of each class count in training: balanced, or such as 0=1.0,1=2.5, where classes left out have 1; empty for 1 each",
        ClassWeightText.rule("classWeight"));
  }

  /** Returns {@link #classWeight}. */
  default String getClassWeight() {
    return getOrDefault(classWeight());
  }

  /** Sets {@link #classWeight}. */
  default S setClassWeight(String value) {
    return with(classWeight(), value);
  }
}

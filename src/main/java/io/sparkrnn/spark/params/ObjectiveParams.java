package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.OBJECTIVE;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Objective: what is minimized.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface ObjectiveParams<S extends ObjectiveParams<S>> extends FluentParams<S> {
  /**
   * Auto (by task and labels), binary_crossentropy or categorical_crossentropy; of numbers
   * mean_squared_error (auto), mean_absolute_error or, of a regression, huber.
   */
  default Param<String> loss() { return OBJECTIVE.param(this, "loss"); }
  /** Returns {@link #loss}. */
  default String getLoss() { return getOrDefault(loss()); }
  /** Sets {@link #loss}. */
  default S setLoss(String value) { return with(loss(), value); }

  /** How far training targets move towards the uniform distribution. */
  default DoubleParam labelSmoothing() { return OBJECTIVE.param(this, "labelSmoothing"); }
  /** Returns {@link #labelSmoothing}. */
  default double getLabelSmoothing() { return (double) getOrDefault(labelSmoothing()); }
  /** Sets {@link #labelSmoothing}. */
  default S setLabelSmoothing(double value) { return with(labelSmoothing(), value); }

  /** Factor of the L2 penalty on all kernels, which the training loss includes. */
  default DoubleParam l2() { return OBJECTIVE.param(this, "l2"); }
  /** Returns {@link #l2}. */
  default double getL2() { return (double) getOrDefault(l2()); }
  /** Sets {@link #l2}. */
  default S setL2(double value) { return with(l2(), value); }

  /**
   * How much the examples of each class count in training: balanced, or such as 0=1.0,1=2.5, where
   * classes left out have 1; empty for 1 each.
   */
  default Param<String> classWeight() { return OBJECTIVE.param(this, "classWeight"); }
  /** Returns {@link #classWeight}. */
  default String getClassWeight() { return getOrDefault(classWeight()); }
  /** Sets {@link #classWeight}. */
  default S setClassWeight(String value) { return with(classWeight(), value); }
}
// spotless:on

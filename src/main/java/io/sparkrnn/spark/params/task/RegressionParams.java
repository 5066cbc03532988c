package io.sparkrnn.spark.params.task;

import static io.sparkrnn.spark.params.OptionTable.REGRESSION;

import io.sparkrnn.spark.params.FluentParams;
import io.sparkrnn.spark.params.OptionTable;
import org.apache.spark.ml.param.DoubleParam;

// spotless:off
/**
 * Regression: --task regress.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface RegressionParams<S extends RegressionParams<S>> extends FluentParams<S> {
  /**
   * Huber: how many standard deviations of the labels an error may have before it counts by its
   * size, not by its square.
   */
  default DoubleParam delta() { return REGRESSION.param(this, "delta"); }
  /** Returns {@link #delta}. */
  default double getDelta() { return (double) getOrDefault(delta()); }
  /** Sets {@link #delta}. */
  default S setDelta(double value) { return with(delta(), value); }
}
// spotless:on

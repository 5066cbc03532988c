package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.WIDE;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;

// spotless:off
/**
 * Wide branch: a linear model of n-grams beside the network.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface WideParams<S extends WideParams<S>> extends FluentParams<S> {
  /**
   * Whether a linear model of the text's n-grams is trained beside the network and combined with
   * it; needs texts and classes.
   */
  default BooleanParam wide() { return WIDE.param(this, "wide"); }
  /** Returns {@link #wide}. */
  default boolean getWide() { return (boolean) getOrDefault(wide()); }
  /** Sets {@link #wide}. */
  default S setWide(boolean value) { return with(wide(), value); }

  /** Words of the longest n-grams. */
  default IntParam wideNgrams() { return WIDE.param(this, "wideNgrams"); }
  /** Returns {@link #wideNgrams}. */
  default int getWideNgrams() { return (int) getOrDefault(wideNgrams()); }
  /** Sets {@link #wideNgrams}. */
  default S setWideNgrams(int value) { return with(wideNgrams(), value); }

  /** Most n-grams that have a weight: those of the most reviews. */
  default IntParam wideFeatures() { return WIDE.param(this, "wideFeatures"); }
  /** Returns {@link #wideFeatures}. */
  default int getWideFeatures() { return (int) getOrDefault(wideFeatures()); }
  /** Sets {@link #wideFeatures}. */
  default S setWideFeatures(int value) { return with(wideFeatures(), value); }

  /** Reviews an n-gram must be in to have a weight. */
  default IntParam wideMinCount() { return WIDE.param(this, "wideMinCount"); }
  /** Returns {@link #wideMinCount}. */
  default int getWideMinCount() { return (int) getOrDefault(wideMinCount()); }
  /** Sets {@link #wideMinCount}. */
  default S setWideMinCount(int value) { return with(wideMinCount(), value); }

  /**
   * Factor of the L2 penalty on its coefficients, beside the sum of all losses: 1 / C of
   * scikit-learn.
   */
  default DoubleParam wideRegularization() { return WIDE.param(this, "wideRegularization"); }
  /** Returns {@link #wideRegularization}. */
  default double getWideRegularization() { return (double) getOrDefault(wideRegularization()); }
  /** Sets {@link #wideRegularization}. */
  default S setWideRegularization(double value) { return with(wideRegularization(), value); }
}
// spotless:on

package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.SELF_TRAINING;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;

// spotless:off
/**
 * Self-training: learning from rows without a label.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface SelfTrainingParams<S extends SelfTrainingParams<S>> extends FluentParams<S> {
  /**
   * How many times to train again, on the rows without a label that the model before is most
   * certain of, by its labels; the best on validation rows is the model; 0 for never; needs texts
   * and classes.
   */
  default IntParam selfTraining() { return SELF_TRAINING.param(this, "selfTraining"); }
  /** Returns {@link #selfTraining}. */
  default int getSelfTraining() { return (int) getOrDefault(selfTraining()); }
  /** Sets {@link #selfTraining}. */
  default S setSelfTraining(int value) { return with(selfTraining(), value); }

  /** Fraction of the rows without a label that is trained on, in the classes' shares. */
  default DoubleParam selfTrainingFraction() { return SELF_TRAINING.param(this, "selfTrainingFraction"); }
  /** Returns {@link #selfTrainingFraction}. */
  default double getSelfTrainingFraction() { return (double) getOrDefault(selfTrainingFraction()); }
  /** Sets {@link #selfTrainingFraction}. */
  default S setSelfTrainingFraction(double value) { return with(selfTrainingFraction(), value); }
}
// spotless:on

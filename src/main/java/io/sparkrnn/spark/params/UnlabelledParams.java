package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.UNLABELLED;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;

// spotless:off
/**
 * Rows without a label: how they are learnt from.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface UnlabelledParams<S extends UnlabelledParams<S>> extends FluentParams<S> {
  /**
   * Epochs as a language model, on the texts of all rows with a label or without but those held
   * out, that words and layers are trained for before they learn from labels; 0 for none; needs
   * texts and layers that read forward.
   */
  default IntParam pretraining() { return UNLABELLED.param(this, "pretraining"); }
  /** Returns {@link #pretraining}. */
  default int getPretraining() { return (int) getOrDefault(pretraining()); }
  /** Sets {@link #pretraining}. */
  default S setPretraining(int value) { return with(pretraining(), value); }

  /**
   * How many times to train again, on the rows without a label that the model before is most
   * certain of, by its labels; the best on validation rows is the model; 0 for never; needs texts
   * and classes.
   */
  default IntParam selfTraining() { return UNLABELLED.param(this, "selfTraining"); }
  /** Returns {@link #selfTraining}. */
  default int getSelfTraining() { return (int) getOrDefault(selfTraining()); }
  /** Sets {@link #selfTraining}. */
  default S setSelfTraining(int value) { return with(selfTraining(), value); }

  /** Fraction of the rows without a label that is trained on, in the classes' shares. */
  default DoubleParam selfTrainingFraction() { return UNLABELLED.param(this, "selfTrainingFraction"); }
  /** Returns {@link #selfTrainingFraction}. */
  default double getSelfTrainingFraction() { return (double) getOrDefault(selfTrainingFraction()); }
  /** Sets {@link #selfTrainingFraction}. */
  default S setSelfTrainingFraction(double value) { return with(selfTrainingFraction(), value); }
}
// spotless:on

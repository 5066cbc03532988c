package io.sparkrnn.nn;

/** The losses, with the formulas of the Keras losses of the same name. */
public enum Loss {
  /** Sigmoid output, targets 0 or 1. */
  BINARY_CROSSENTROPY,
  /** Softmax output, target the class index (Keras: sparse categorical cross-entropy). */
  CATEGORICAL_CROSSENTROPY,
  /** Linear output, real targets. */
  MEAN_SQUARED_ERROR
}

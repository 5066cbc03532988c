package io.sparkrnn.nn;

/** The losses, with the formulas of the Keras losses of the same name. */
public enum Loss {
  /** Sigmoid output, targets 0 or 1. */
  BINARY_CROSSENTROPY(Activation.SIGMOID),
  /** Softmax output, target the class index (Keras: sparse categorical cross-entropy). */
  CATEGORICAL_CROSSENTROPY(Activation.SOFTMAX),
  /** Linear output, real targets. */
  MEAN_SQUARED_ERROR(Activation.LINEAR),
  /** Linear output, real targets; of regressions and forecasts. */
  MEAN_ABSOLUTE_ERROR(Activation.LINEAR),
  /** Squared error near the target, absolute error far from it; of a {@link ValueHead}. */
  HUBER(Activation.LINEAR),
  /** Linear outputs, one for each quantile of a real target (Koenker and Bassett, 1978). */
  QUANTILE(Activation.LINEAR);

  private final Activation activation;

  Loss(Activation activation) {
    this.activation = activation;
  }

  /** Returns the activation of the outputs that it is for. */
  public Activation activation() {
    return activation;
  }

  /** Returns whether targets are classes, and not numbers. */
  public boolean isOfClasses() {
    return activation != Activation.LINEAR;
  }
}

package io.sparkrnn.nn;

import io.sparkrnn.kernel.Require;

/** Activation of the output layer, which says what outputs are. */
public enum Activation {
  /** The probability of the second of two classes. */
  SIGMOID,
  /** The probability of each class. */
  SOFTMAX,
  /** A number. */
  LINEAR;

  /** Returns the loss that goes with it. */
  Loss loss() {
    return switch (this) {
      case SIGMOID -> Loss.BINARY_CROSSENTROPY;
      case SOFTMAX -> Loss.CATEGORICAL_CROSSENTROPY;
      case LINEAR -> Loss.MEAN_SQUARED_ERROR;
    };
  }

  /** Returns how many classes so many outputs tell apart, 0 for numbers. */
  int classes(int outputs) {
    return switch (this) {
      case SIGMOID -> 2;
      case SOFTMAX -> outputs;
      case LINEAR -> 0;
    };
  }

  /**
   * Returns the probability of every class; none when a prediction is a number.
   *
   * @param predictions rows x outputs. Not modified.
   * @param row which one
   */
  public double[] probabilities(float[] predictions, int row, int outputs) {
    if (this == SIGMOID) {
      return new double[] {1 - (double) predictions[row], predictions[row]};
    }
    double[] probabilities = new double[classes(outputs)];
    for (int k = 0; k < probabilities.length; k++) {
      probabilities[k] = predictions[row * probabilities.length + k];
    }
    return probabilities;
  }

  /** Checks a number of outputs. */
  void check(int outputs) {
    Require.positive("outputs", outputs);
    if (this == SOFTMAX && outputs < 2) {
      throw new IllegalArgumentException("softmax needs outputs >= 2, got " + outputs);
    }
  }
}

package io.sparkrnn.nn.output;

import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.ValueHead;
import io.sparkrnn.nn.targets.BatchTargets;

/**
 * Activation and loss of one row of K values z, in double; losses are computed from the values
 * before the activation, so that saturated outputs keep their gradient.
 */
public sealed interface Output
    permits SigmoidOutput, SoftmaxOutput, LinearOutput, ValueOutput, ForecastOutput {

  /** Returns the outputs of a head with their loss. */
  static Output of(HeadSpec head) {
    if (head instanceof ValueHead value) {
      return new ValueOutput(value);
    }
    return head instanceof ForecastHead forecast
        ? new ForecastOutput(forecast)
        : of(head.activation(), head.outputs());
  }

  /** Returns the output of an activation with its loss. */
  static Output of(Activation activation, int outputs) {
    return switch (activation) {
      case SIGMOID -> new SigmoidOutput(outputs);
      case SOFTMAX -> new SoftmaxOutput(outputs);
      case LINEAR -> new LinearOutput(outputs);
    };
  }

  /**
   * Applies the activation.
   *
   * @param z K values from {@code at} on. Not modified.
   * @param y K outputs, likewise. Modified.
   */
  void activate(float[] z, float[] y, int at);

  /**
   * Returns the loss of a row, and replaces z by scale times its derivative.
   *
   * @param labelSmoothing how far the label moves towards the uniform distribution
   * @param label a probability, a class index, or a value
   * @param scale factor of the derivative
   * @param z K values before the activation, from {@code at} on. Modified.
   */
  double lossAndGradient(double labelSmoothing, float label, double scale, float[] z, int at);

  /**
   * Returns the loss of a row with all of its targets, likewise.
   *
   * @param targets of the batch. Not modified.
   * @param row which row of the batch
   */
  default double lossAndGradient(
      double labelSmoothing, BatchTargets targets, int row, double scale, float[] z, int at) {
    return lossAndGradient(labelSmoothing, targets.value(row), scale, z, at);
  }
}

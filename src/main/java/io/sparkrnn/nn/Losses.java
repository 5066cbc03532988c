package io.sparkrnn.nn;

/**
 * Output activations and losses of one row of K outputs, in double; losses are computed from the
 * values before the activation, so that saturated outputs keep their gradient.
 */
final class Losses {
  private Losses() {}

  /** Checks that loss and output layer go together. */
  static void check(Loss loss, HeadSpec head) {
    Activation needed =
        switch (loss) {
          case BINARY_CROSSENTROPY -> Activation.SIGMOID;
          case CATEGORICAL_CROSSENTROPY -> Activation.SOFTMAX;
          case MEAN_SQUARED_ERROR -> Activation.LINEAR;
        };
    if (head.activation() != needed) {
      throw new IllegalArgumentException(
          "loss " + loss + " needs a " + needed + " output, got " + head.activation());
    }
    if (loss != Loss.CATEGORICAL_CROSSENTROPY && head.outputs() != 1) {
      throw new IllegalArgumentException(
          "loss " + loss + " needs outputs = 1, got " + head.outputs());
    }
  }

  /**
   * Applies the activation.
   *
   * @param z K values. Not modified.
   * @param y K outputs. Modified.
   */
  static void activate(Activation activation, int outputs, float[] z, float[] y, int at) {
    switch (activation) {
      case LINEAR -> System.arraycopy(z, at, y, at, outputs);
      case SIGMOID -> {
        for (int k = at; k < at + outputs; k++) {
          y[k] = (float) (1 / (1 + StrictMath.exp(-z[k])));
        }
      }
      case SOFTMAX -> {
        double total = logSumExp(outputs, z, at);
        for (int k = at; k < at + outputs; k++) {
          y[k] = (float) StrictMath.exp(z[k] - total);
        }
      }
    }
  }

  /**
   * Returns the loss of a row, and replaces z by scale times its derivative.
   *
   * @param function the loss; smooths the label
   * @param label a probability, a class index, or a value
   * @param scale factor of the derivative
   * @param z K values before the activation. Modified.
   */
  static double lossAndGradient(
      LossFunction function, int outputs, float label, double scale, float[] z, int at) {
    double smoothing = function.labelSmoothing();
    return switch (function.loss()) {
      case BINARY_CROSSENTROPY ->
          binary(probability(label) * (1 - smoothing) + smoothing / 2, scale, z, at);
      case CATEGORICAL_CROSSENTROPY ->
          categorical(outputs, classIndex(outputs, label), smoothing, scale, z, at);
      case MEAN_SQUARED_ERROR -> {
        double error = (double) z[at] - label;
        z[at] = (float) (2 * error * scale);
        yield error * error;
      }
    };
  }

  private static double binary(double label, double scale, float[] z, int at) {
    double x = z[at];
    z[at] = (float) ((1 / (1 + StrictMath.exp(-x)) - label) * scale);
    return Math.max(x, 0) - x * label + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  private static float probability(float label) {
    if (label < 0 || label > 1) {
      throw new IllegalArgumentException("label " + label + " is outside [0, 1]");
    }
    return label;
  }

  private static int classIndex(int outputs, float label) {
    int index = (int) label;
    if (index != label || index < 0 || index >= outputs) {
      throw new IllegalArgumentException("label " + label + " is outside [0, " + outputs + ")");
    }
    return index;
  }

  private static double categorical(
      int outputs, int target, double smoothing, double scale, float[] z, int at) {
    double total = logSumExp(outputs, z, at);
    double others = smoothing / outputs;
    double hit = 1 - smoothing + others;
    double loss = total;
    for (int k = 0; k < outputs; k++) {
      double y = k == target ? hit : others;
      double p = StrictMath.exp(z[at + k] - total);
      loss -= y * z[at + k];
      z[at + k] = (float) ((p - y) * scale);
    }
    return loss;
  }

  private static double logSumExp(int outputs, float[] z, int at) {
    double max = z[at];
    for (int k = 1; k < outputs; k++) {
      max = Math.max(max, z[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < outputs; k++) {
      sum += StrictMath.exp(z[at + k] - max);
    }
    return max + StrictMath.log(sum);
  }
}

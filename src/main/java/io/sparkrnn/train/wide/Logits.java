package io.sparkrnn.train.wide;

/**
 * From logits to probabilities and the loss, in double: one logit is that of the second of two
 * classes, more are one a class. The same bits on every machine.
 */
final class Logits {
  private Logits() {}

  /**
   * Turns logits into probabilities.
   *
   * @param logits K. Modified: the probabilities.
   */
  static void toProbabilities(double[] logits) {
    if (logits.length == 1) {
      logits[0] = 1 / (1 + StrictMath.exp(-logits[0]));
      return;
    }
    double largest = largest(logits);
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      logits[k] = StrictMath.exp(logits[k] - largest);
      sum += logits[k];
    }
    for (int k = 0; k < logits.length; k++) {
      logits[k] /= sum;
    }
  }

  /** Returns the cross-entropy of logits and a class. */
  static double loss(double[] logits, int label) {
    if (logits.length == 1) {
      double margin = label == 1 ? logits[0] : -logits[0];
      return Math.max(0, -margin) + StrictMath.log1p(StrictMath.exp(-Math.abs(margin)));
    }
    double largest = largest(logits);
    double sum = 0;
    for (double logit : logits) {
      sum += StrictMath.exp(logit - largest);
    }
    return largest + StrictMath.log(sum) - logits[label];
  }

  /**
   * Turns probabilities into the derivative of the loss by the logits.
   *
   * @param probabilities K. Modified.
   */
  static void toDerivative(double[] probabilities, int label, double weight) {
    for (int k = 0; k < probabilities.length; k++) {
      boolean actual = probabilities.length == 1 ? label == 1 : k == label;
      probabilities[k] = weight * (probabilities[k] - (actual ? 1 : 0));
    }
  }

  /**
   * Multiplies by the second derivative of the loss by the logits.
   *
   * @param probabilities K. Not modified.
   * @param direction K. Modified: the product.
   */
  static void curve(double[] probabilities, double[] direction, double weight) {
    if (direction.length == 1) {
      direction[0] *= weight * probabilities[0] * (1 - probabilities[0]);
      return;
    }
    double mean = 0;
    for (int k = 0; k < direction.length; k++) {
      mean += probabilities[k] * direction[k];
    }
    for (int k = 0; k < direction.length; k++) {
      direction[k] = weight * probabilities[k] * (direction[k] - mean);
    }
  }

  private static double largest(double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    return largest;
  }
}

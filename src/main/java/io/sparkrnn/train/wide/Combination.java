package io.sparkrnn.train.wide;

import java.io.Serializable;

/**
 * How wide branch and network become one model:
 *
 * <pre>
 *   logit(k) = wide * logit of the wide branch(k) + recurrent * logit of the network(k) + bias(k)
 * </pre>
 *
 * <p>The logit of the network is the log odds of its probability, of more than two classes the log
 * of each. Immutable. A class and not a record, because Spark's Kryo serializer cannot write
 * records.
 */
public final class Combination implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Keeps logarithms finite; a float cannot come nearer to 1. */
  private static final double SMALLEST = 1e-7;

  private final double wide;
  private final double recurrent;
  private final double[] bias;

  /**
   * Creates a combination.
   *
   * @param wide factor of the wide branch
   * @param recurrent factor of the network
   * @param bias of each output, K. Copied, not modified.
   * @throws IllegalArgumentException if a number is not finite
   */
  public Combination(double wide, double recurrent, double... bias) {
    this.wide = finite("wide", wide);
    this.recurrent = finite("recurrent", recurrent);
    this.bias = bias.clone();
    for (double b : bias) {
      finite("bias", b);
    }
  }

  private static double finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "%s of the combination must be finite, got %s".formatted(name, value));
    }
    return value;
  }

  /** Returns the mean of both logits. */
  public static Combination mean(int outputs) {
    return new Combination(0.5, 0.5, new double[outputs]);
  }

  /** Returns the factor of the wide branch. */
  public double wide() {
    return wide;
  }

  /** Returns the factor of the network. */
  public double recurrent() {
    return recurrent;
  }

  /** Returns the bias of each output, a copy. */
  public double[] bias() {
    return bias.clone();
  }

  /** Returns the logit of a probability of the network. */
  static double logit(double probability, int outputs) {
    double p = Math.min(Math.max(probability, SMALLEST), 1 - SMALLEST);
    return outputs == 1 ? StrictMath.log(p / (1 - p)) : StrictMath.log(p);
  }

  /**
   * Turns the network's probabilities of rows into those of both branches.
   *
   * @param outputs of the network, rows x K. Modified.
   * @param logits of the wide branch, rows x K. Not modified.
   */
  void apply(float[] outputs, float[] logits) {
    int size = bias.length;
    double[] row = new double[size];
    for (int at = 0; at < outputs.length; at += size) {
      for (int k = 0; k < size; k++) {
        row[k] = wide * logits[at + k] + recurrent * logit(outputs[at + k], size) + bias[k];
      }
      Logits.toProbabilities(row);
      for (int k = 0; k < size; k++) {
        outputs[at + k] = (float) row[k];
      }
    }
  }
}

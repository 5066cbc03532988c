package io.sparkrnn.nn.output;

/**
 * Softmax with categorical cross-entropy, for labels that are class indices.
 *
 * <pre>
 *   y(k) = exp(z(k) - log(sum over j of exp(z(j))))
 *   loss = -sum over k of t(k) log y(k)     t one-hot at the label, or smoothed
 *   dloss/dz = y - t
 * </pre>
 */
public record SoftmaxOutput(int outputs) implements Output {

  @Override
  public void activate(float[] z, float[] y, int at) {
    double total = logSumExp(z, at);
    for (int k = at; k < at + outputs; k++) {
      y[k] = (float) StrictMath.exp(z[k] - total);
    }
  }

  @Override
  public double lossAndGradient(
      double labelSmoothing, float label, double scale, float[] z, int at) {
    int target = classIndex(label);
    double total = logSumExp(z, at);
    double others = labelSmoothing / outputs;
    double hit = 1 - labelSmoothing + others;
    double loss = total;
    for (int k = 0; k < outputs; k++) {
      double t = k == target ? hit : others;
      double p = StrictMath.exp(z[at + k] - total);
      loss -= t * z[at + k];
      z[at + k] = (float) ((p - t) * scale);
    }
    return loss;
  }

  private int classIndex(float label) {
    int index = (int) label;
    if (index != label || index < 0 || index >= outputs) {
      throw new IllegalArgumentException("label " + label + " is outside [0, " + outputs + ")");
    }
    return index;
  }

  private double logSumExp(float[] z, int at) {
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

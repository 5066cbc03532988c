package io.sparkrnn.nn.output;

/**
 * Sigmoid with binary cross-entropy, for labels in [0, 1].
 *
 * <pre>
 *   y = 1 / (1 + exp(-z))       loss = max(z, 0) - z label + log(1 + exp(-|z|))
 *   dloss/dz = y - label
 * </pre>
 */
public record SigmoidOutput(int outputs) implements Output {

  @Override
  public void activate(float[] z, float[] y, int at) {
    for (int k = at; k < at + outputs; k++) {
      y[k] = (float) (1 / (1 + StrictMath.exp(-z[k])));
    }
  }

  @Override
  public double lossAndGradient(
      double labelSmoothing, float label, double scale, float[] z, int at) {
    if (label < 0 || label > 1) {
      throw new IllegalArgumentException("label " + label + " is outside [0, 1]");
    }
    double smooth = label * (1 - labelSmoothing) + labelSmoothing / 2;
    double x = z[at];
    z[at] = (float) ((1 / (1 + StrictMath.exp(-x)) - smooth) * scale);
    return Math.max(x, 0) - x * smooth + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}

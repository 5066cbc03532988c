package io.sparkrnn.nn.output;

/**
 * No activation, with squared error, for labels that are numbers.
 *
 * <pre>
 *   y = z     loss = (z - label)^2     dloss/dz = 2 (z - label)
 * </pre>
 */
public record LinearOutput(int outputs) implements Output {

  @Override
  public void activate(float[] z, float[] y, int at) {
    System.arraycopy(z, at, y, at, outputs);
  }

  @Override
  public double lossAndGradient(
      double labelSmoothing, float label, double scale, float[] z, int at) {
    double error = (double) z[at] - label;
    z[at] = (float) (2 * error * scale);
    return error * error;
  }
}

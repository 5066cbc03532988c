package io.sparkrnn.nn.output;

import io.sparkrnn.nn.ValueHead;

/**
 * A number on the scale of the labels, with the losses of the standardized label t.
 *
 * <pre>
 *   y = mean + deviation z     t = (label - mean) / deviation     e = z - t
 *   mean_squared_error   loss = e^2                          dloss/dz = 2 e
 *   mean_absolute_error  loss = |e|                          dloss/dz = sign(e)
 *   huber                loss = e^2 / 2          |e| &lt;= delta  dloss/dz = e
 *                               delta (|e| - delta / 2)  else  dloss/dz = delta sign(e)
 * </pre>
 *
 * <p>Keras: losses {@code MeanSquaredError}, {@code MeanAbsoluteError}, {@code Huber}.
 */
public record ValueOutput(ValueHead head) implements Output {

  @Override
  public void activate(float[] z, float[] y, int at) {
    y[at] = (float) (head.mean() + head.deviation() * z[at]);
  }

  @Override
  public double lossAndGradient(
      double labelSmoothing, float label, double scale, float[] z, int at) {
    double error = z[at] - (label - head.mean()) / head.deviation();
    double size = Math.abs(error);
    double delta = head.delta();
    double loss;
    double derivative;
    switch (head.loss()) {
      case MEAN_ABSOLUTE_ERROR -> {
        loss = size;
        derivative = Math.signum(error);
      }
      case HUBER -> {
        loss = size <= delta ? error * error / 2 : delta * (size - delta / 2);
        derivative = size <= delta ? error : delta * Math.signum(error);
      }
      default -> {
        loss = error * error;
        derivative = 2 * error;
      }
    }
    z[at] = (float) (derivative * scale);
    return loss;
  }
}

package io.sparkrnn.nn.output;

import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.targets.BatchTargets;

/**
 * The outputs of a forecast, and their loss as {@link ForecastHead} has it; quantiles come out in
 * ascending order.
 */
public record ForecastOutput(ForecastHead head) implements Output {

  @Override
  public void activate(float[] z, float[] y, int at) {
    System.arraycopy(z, at, y, at, head.outputs());
    int each = head.outputsEach();
    for (int end = at + head.outputs(); each > 1 && at < end; at += each) {
      sort(y, at, each);
    }
  }

  /** Insertion sort: there are few quantiles, nearly always in order. */
  private static void sort(float[] y, int at, int count) {
    for (int i = 1; i < count; i++) {
      float value = y[at + i];
      int to = i;
      for (; to > 0 && y[at + to - 1] > value; to--) {
        y[at + to] = y[at + to - 1];
      }
      y[at + to] = value;
    }
  }

  /** The loss of one value of the forecast. */
  @Override
  public double lossAndGradient(
      double labelSmoothing, float label, double scale, float[] z, int at) {
    int each = head.outputsEach();
    double loss = head.loss(z, at, label);
    for (int q = 0; q < each; q++) {
      z[at + q] = (float) (head.slope(q, (double) z[at + q] - label) * scale / each);
    }
    return loss;
  }

  @Override
  public double lossAndGradient(
      double labelSmoothing, BatchTargets targets, int row, double scale, float[] z, int at) {
    int count = head.forecasts();
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum +=
          lossAndGradient(
              labelSmoothing,
              targets.value(row * count + i),
              scale / count,
              z,
              at + i * head.outputsEach());
    }
    return sum / count;
  }
}

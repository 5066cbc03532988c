package io.sparkrnn.nn;

import static io.sparkrnn.nn.ReferenceMath.add;
import static io.sparkrnn.nn.ReferenceMath.concat;
import static io.sparkrnn.nn.ReferenceMath.scaled;
import static io.sparkrnn.nn.ReferenceMath.slice;

/** What the dense layer sees of one sequence; zeros for a sequence without steps. */
record ReferencePooling(Pooling pooling, ReferenceAttention attention) {
  double[] forward(ReferenceLayer.Outputs outputs) {
    double[][] steps = outputs.steps();
    int size = outputs.last().length;
    return switch (pooling) {
      case LAST -> outputs.last();
      case MAX -> max(steps, size);
      case MEAN -> mean(steps, size);
      case MAX_MEAN -> concat(max(steps, size), mean(steps, size));
      case ATTENTION -> attention.forward(steps);
      case EVERY_STEP -> throw new UnsupportedOperationException("a pooling, got " + pooling);
    };
  }

  ReferenceLayer.Outputs backward(
      ReferenceLayer.Outputs outputs, double[] dPooled, ReferenceWeights attentionGradient) {
    double[][] steps = outputs.steps();
    int size = outputs.last().length;
    ReferenceLayer.Outputs d = ReferenceLayer.Outputs.zeros(steps.length, size);
    switch (pooling) {
      case LAST -> add(d.last(), dPooled);
      case MAX -> addMaxBackward(steps, dPooled, d.steps());
      case MEAN -> addMeanBackward(dPooled, d.steps());
      case MAX_MEAN -> {
        addMaxBackward(steps, slice(dPooled, 0, size), d.steps());
        addMeanBackward(slice(dPooled, 1, size), d.steps());
      }
      case ATTENTION -> {
        return new ReferenceLayer.Outputs(
            attention.backward(steps, dPooled, attentionGradient), d.last());
      }
      case EVERY_STEP -> throw new UnsupportedOperationException("a pooling, got " + pooling);
    }
    return d;
  }

  private static double[] max(double[][] steps, int size) {
    double[] max = new double[size];
    for (int j = 0; j < size && steps.length > 0; j++) {
      max[j] = steps[argMax(steps, j)][j];
    }
    return max;
  }

  private static double[] mean(double[][] steps, int size) {
    double[] sum = new double[size];
    for (double[] step : steps) {
      add(sum, step);
    }
    return scaled(sum, 1.0 / Math.max(1, steps.length));
  }

  private static void addMaxBackward(double[][] steps, double[] dMax, double[][] dSteps) {
    for (int j = 0; j < dMax.length && steps.length > 0; j++) {
      dSteps[argMax(steps, j)][j] += dMax[j];
    }
  }

  private static void addMeanBackward(double[] dMean, double[][] dSteps) {
    for (double[] dStep : dSteps) {
      add(dStep, scaled(dMean, 1.0 / dSteps.length));
    }
  }

  private static int argMax(double[][] steps, int unit) {
    int best = 0;
    for (int t = 1; t < steps.length; t++) {
      best = steps[t][unit] > steps[best][unit] ? t : best;
    }
    return best;
  }
}

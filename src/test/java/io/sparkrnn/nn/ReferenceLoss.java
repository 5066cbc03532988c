package io.sparkrnn.nn;

import java.util.Arrays;

/**
 * The losses of one example, from the outputs before their activation (z).
 *
 * <pre>
 *   binary_crossentropy       log(1 + exp(z)) - y z
 *   categorical_crossentropy  log(sum of exp(z)) - z[y]
 *   mean_squared_error        mean of (z - y)^2
 * </pre>
 */
record ReferenceLoss(Loss loss) {
  double[] prediction(double[] z) {
    return switch (loss) {
      case BINARY_CROSSENTROPY -> Arrays.stream(z).map(ReferenceMath::sigmoid).toArray();
      case CATEGORICAL_CROSSENTROPY -> ReferenceAttention.softmax(z);
      default -> z;
    };
  }

  double value(double[] z, double label) {
    return switch (loss) {
      case BINARY_CROSSENTROPY ->
          Math.max(z[0], 0) - z[0] * label + StrictMath.log1p(StrictMath.exp(-Math.abs(z[0])));
      case CATEGORICAL_CROSSENTROPY -> {
        double max = Arrays.stream(z).max().orElseThrow();
        double sum = Arrays.stream(z).map(v -> StrictMath.exp(v - max)).sum();
        yield max + StrictMath.log(sum) - z[(int) label];
      }
      default -> Arrays.stream(z).map(v -> (v - label) * (v - label)).average().orElseThrow();
    };
  }

  /** The derivative by z. */
  double[] gradient(double[] z, double label) {
    double[] d = prediction(z).clone();
    switch (loss) {
      case BINARY_CROSSENTROPY -> d[0] -= label;
      case CATEGORICAL_CROSSENTROPY -> d[(int) label] -= 1;
      default -> Arrays.setAll(d, j -> 2 * (z[j] - label) / z.length);
    }
    return d;
  }
}

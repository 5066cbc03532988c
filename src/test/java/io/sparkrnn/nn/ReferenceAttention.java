package io.sparkrnn.nn;

import static io.sparkrnn.nn.ReferenceMath.addOuter;
import static io.sparkrnn.nn.ReferenceMath.addProduct;
import static io.sparkrnn.nn.ReferenceMath.addProductTransposed;
import static io.sparkrnn.nn.ReferenceMath.addToRow;
import static io.sparkrnn.nn.ReferenceMath.row;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Additive attention over the steps of one sequence.
 *
 * <pre>
 *   score(t) = v' tanh(h(t) W + b)
 *   a = softmax(score)
 *   pooled = sum over t of a(t) h(t)
 * </pre>
 *
 * <p>In {@code weights}, the kernel is W, the recurrent matrix is b (1 x A), the bias v (1 x A).
 */
record ReferenceAttention(ReferenceWeights weights) {
  double[] forward(double[][] steps) {
    double[] pooled = new double[weights.kernel().numRows];
    double[] a = weights(steps);
    for (int t = 0; t < steps.length; t++) {
      ReferenceMath.add(pooled, ReferenceMath.scaled(steps[t], a[t]));
    }
    return pooled;
  }

  double[][] backward(double[][] steps, double[] dPooled, ReferenceWeights gradient) {
    double[] a = weights(steps);
    double[] da = Arrays.stream(steps).mapToDouble(h -> dot(h, dPooled)).toArray();
    double mean = dot(a, da);
    double[][] dSteps = new double[steps.length][];
    for (int t = 0; t < steps.length; t++) {
      dSteps[t] = ReferenceMath.scaled(dPooled, a[t]);
      double dScore = a[t] * (da[t] - mean);
      double[] u = hidden(steps[t]);
      addToRow(gradient.bias(), 0, ReferenceMath.scaled(u, dScore), 0);
      double[] dPre = new double[u.length];
      DMatrixRMaj v = weights.bias();
      Arrays.setAll(dPre, j -> dScore * v.get(0, j) * (1 - u[j] * u[j]));
      addToRow(gradient.recurrent(), 0, dPre, 0);
      addOuter(gradient.kernel(), steps[t], dPre, 0);
      addProductTransposed(dSteps[t], dPre, weights.kernel(), 0);
    }
    return dSteps;
  }

  double[] weights(double[][] steps) {
    return softmax(scores(steps));
  }

  private double[] scores(double[][] steps) {
    double[] v = row(weights.bias(), 0);
    return Arrays.stream(steps).mapToDouble(h -> dot(v, hidden(h))).toArray();
  }

  private double[] hidden(double[] h) {
    double[] u = row(weights.recurrent(), 0);
    addProduct(u, h, weights.kernel(), 0);
    return Arrays.stream(u).map(StrictMath::tanh).toArray();
  }

  static double[] softmax(double[] scores) {
    double max = Arrays.stream(scores).max().orElse(0);
    double[] e = Arrays.stream(scores).map(s -> StrictMath.exp(s - max)).toArray();
    return ReferenceMath.scaled(e, 1 / Arrays.stream(e).sum());
  }

  private static double dot(double[] a, double[] b) {
    return Arrays.stream(ReferenceMath.times(a, b)).sum();
  }
}

package io.sparkrnn.nn;

import static io.sparkrnn.nn.ReferenceMath.addOuter;
import static io.sparkrnn.nn.ReferenceMath.addProduct;
import static io.sparkrnn.nn.ReferenceMath.addProductTransposed;
import static io.sparkrnn.nn.ReferenceMath.addToRow;
import static io.sparkrnn.nn.ReferenceMath.row;
import static io.sparkrnn.nn.ReferenceMath.times;

/**
 * Elman's network.
 *
 * <pre>
 *   h(t) = tanh(x(t) W + (m * h(t-1)) U + b)
 * </pre>
 */
record ReferenceSimpleRnn(ReferenceWeights weights) implements ReferenceCell {
  @Override
  public int stateSize() {
    return weights.recurrent().numRows;
  }

  @Override
  public double[] step(double[] x, double[] h, double[] mask) {
    double[] a = row(weights.bias(), 0);
    addProduct(a, x, weights.kernel(), 0);
    addProduct(a, times(mask, h), weights.recurrent(), 0);
    for (int j = 0; j < a.length; j++) {
      a[j] = StrictMath.tanh(a[j]);
    }
    return a;
  }

  @Override
  public StepGradient backward(
      double[] x, double[] h, double[] mask, double[] dNext, ReferenceWeights gradient) {
    double[] next = step(x, h, mask);
    double[] da = new double[next.length];
    for (int j = 0; j < da.length; j++) {
      da[j] = dNext[j] * (1 - next[j] * next[j]);
    }
    addOuter(gradient.kernel(), x, da, 0);
    addOuter(gradient.recurrent(), times(mask, h), da, 0);
    addToRow(gradient.bias(), 0, da, 0);
    double[] dx = new double[x.length];
    double[] dh = new double[h.length];
    addProductTransposed(dx, da, weights.kernel(), 0);
    addProductTransposed(dh, da, weights.recurrent(), 0);
    return new StepGradient(dx, times(mask, dh));
  }
}

package io.sparkrnn.nn;

import static io.sparkrnn.nn.ReferenceMath.addOuter;
import static io.sparkrnn.nn.ReferenceMath.addProduct;
import static io.sparkrnn.nn.ReferenceMath.addProductTransposed;
import static io.sparkrnn.nn.ReferenceMath.addToRow;
import static io.sparkrnn.nn.ReferenceMath.concat;
import static io.sparkrnn.nn.ReferenceMath.row;
import static io.sparkrnn.nn.ReferenceMath.sigmoid;
import static io.sparkrnn.nn.ReferenceMath.slice;
import static io.sparkrnn.nn.ReferenceMath.times;

/**
 * LSTM without peepholes; the state is h and c, the gates stand in the order i, f, c, o.
 *
 * <pre>
 *   [i f c~ o] = x(t) W + (m * h(t-1)) U + b
 *   c(t) = sigmoid(f) * c(t-1) + sigmoid(i) * tanh(c~)
 *   h(t) = sigmoid(o) * tanh(c(t))
 * </pre>
 */
record ReferenceLstm(ReferenceWeights weights) implements ReferenceCell {
  @Override
  public int stateSize() {
    return 2 * units();
  }

  @Override
  public double[] step(double[] x, double[] state, double[] mask) {
    int units = units();
    double[] gates = gates(x, slice(state, 0, units), mask);
    double[] h = new double[units];
    double[] c = new double[units];
    for (int j = 0; j < units; j++) {
      c[j] = gates[units + j] * state[units + j] + gates[j] * gates[2 * units + j];
      h[j] = gates[3 * units + j] * StrictMath.tanh(c[j]);
    }
    return concat(h, c);
  }

  @Override
  public StepGradient backward(
      double[] x, double[] state, double[] mask, double[] dNext, ReferenceWeights gradient) {
    int units = units();
    double[] h = slice(state, 0, units);
    double[] gates = gates(x, h, mask);
    double[] da = new double[4 * units];
    double[] dc = new double[units];
    for (int j = 0; j < units; j++) {
      double i = gates[j];
      double f = gates[units + j];
      double candidate = gates[2 * units + j];
      double o = gates[3 * units + j];
      double cPrevious = state[units + j];
      double tanhC = StrictMath.tanh(f * cPrevious + i * candidate);
      double dcNext = dNext[units + j] + dNext[j] * o * (1 - tanhC * tanhC);
      da[j] = dcNext * candidate * i * (1 - i);
      da[units + j] = dcNext * cPrevious * f * (1 - f);
      da[2 * units + j] = dcNext * i * (1 - candidate * candidate);
      da[3 * units + j] = dNext[j] * tanhC * o * (1 - o);
      dc[j] = dcNext * f;
    }
    addOuter(gradient.kernel(), x, da, 0);
    addOuter(gradient.recurrent(), times(mask, h), da, 0);
    addToRow(gradient.bias(), 0, da, 0);
    double[] dx = new double[x.length];
    double[] dh = new double[units];
    addProductTransposed(dx, da, weights.kernel(), 0);
    addProductTransposed(dh, da, weights.recurrent(), 0);
    return new StepGradient(dx, concat(times(mask, dh), dc));
  }

  private int units() {
    return weights.recurrent().numRows;
  }

  /** The four gates after their activations. */
  private double[] gates(double[] x, double[] h, double[] mask) {
    double[] a = row(weights.bias(), 0);
    addProduct(a, x, weights.kernel(), 0);
    addProduct(a, times(mask, h), weights.recurrent(), 0);
    for (int j = 0; j < a.length; j++) {
      boolean candidate = j / units() == 2;
      a[j] = candidate ? StrictMath.tanh(a[j]) : sigmoid(a[j]);
    }
    return a;
  }
}

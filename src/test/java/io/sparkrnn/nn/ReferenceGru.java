package io.sparkrnn.nn;

import static io.sparkrnn.nn.ReferenceMath.add;
import static io.sparkrnn.nn.ReferenceMath.addOuter;
import static io.sparkrnn.nn.ReferenceMath.addProduct;
import static io.sparkrnn.nn.ReferenceMath.addProductTransposed;
import static io.sparkrnn.nn.ReferenceMath.addToRow;
import static io.sparkrnn.nn.ReferenceMath.concat;
import static io.sparkrnn.nn.ReferenceMath.row;
import static io.sparkrnn.nn.ReferenceMath.sigmoid;
import static io.sparkrnn.nn.ReferenceMath.slice;
import static io.sparkrnn.nn.ReferenceMath.times;

import java.util.Arrays;

/**
 * GRU; the gates stand in the order z, r, h. The mask m leaves the h(t-1) that z mixes in alone.
 *
 * <pre>
 *   z = sigmoid(x(t) Wz + (m * h(t-1)) Uz + bz)        r = sigmoid(x(t) Wr + (m * h(t-1)) Ur + br)
 *   reset after:   g = tanh(x(t) Wh + bh + r * ((m * h(t-1)) Uh + bh'))
 *   reset before:  g = tanh(x(t) Wh + bh + (r * m * h(t-1)) Uh)
 *   h(t) = z * h(t-1) + (1 - z) * g
 * </pre>
 */
record ReferenceGru(ReferenceWeights weights, boolean resetAfter) implements ReferenceCell {
  @Override
  public int stateSize() {
    return weights.recurrent().numRows;
  }

  @Override
  public double[] step(double[] x, double[] h, double[] mask) {
    Gates gates = gates(x, times(mask, h));
    double[] next = new double[h.length];
    for (int j = 0; j < h.length; j++) {
      next[j] = gates.z[j] * h[j] + (1 - gates.z[j]) * gates.g[j];
    }
    return next;
  }

  @Override
  public StepGradient backward(
      double[] x, double[] h, double[] mask, double[] dNext, ReferenceWeights gradient) {
    int units = h.length;
    double[] masked = times(mask, h);
    Gates gates = gates(x, masked);
    double[] dz = new double[units];
    double[] dg = new double[units];
    for (int j = 0; j < units; j++) {
      dz[j] = dNext[j] * (h[j] - gates.g[j]) * gates.z[j] * (1 - gates.z[j]);
      dg[j] = dNext[j] * (1 - gates.z[j]) * (1 - gates.g[j] * gates.g[j]);
    }
    double[] dMasked = new double[units];
    double[] dReset = resetBackward(gates, masked, dg, dMasked, gradient);
    double[] dr = new double[units];
    Arrays.setAll(dr, j -> dReset[j] * gates.r[j] * (1 - gates.r[j]));
    double[] dzr = concat(dz, dr);
    double[] da = concat(dzr, dg);
    addOuter(gradient.kernel(), x, da, 0);
    addToRow(gradient.bias(), 0, da, 0);
    addOuter(gradient.recurrent(), masked, dzr, 0);
    if (resetAfter) {
      addToRow(gradient.bias(), 1, dzr, 0);
    }
    double[] dx = new double[x.length];
    addProductTransposed(dx, da, weights.kernel(), 0);
    addProductTransposed(dMasked, dzr, weights.recurrent(), 0);
    double[] dh = times(dNext, gates.z);
    add(dh, times(mask, dMasked));
    return new StepGradient(dx, dh);
  }

  /**
   * Carries dg through the reset gate: returns dr before its sigmoid, adds to dMasked, dUh, db'.
   */
  private double[] resetBackward(
      Gates gates, double[] masked, double[] dg, double[] dMasked, ReferenceWeights gradient) {
    int from = 2 * dg.length;
    if (resetAfter) {
      double[] dProduct = times(dg, gates.r);
      addOuter(gradient.recurrent(), masked, dProduct, from);
      addToRow(gradient.bias(), 1, dProduct, from);
      addProductTransposed(dMasked, dProduct, weights.recurrent(), from);
      return times(dg, gates.product);
    }
    addOuter(gradient.recurrent(), times(gates.r, masked), dg, from);
    double[] dState = new double[dg.length];
    addProductTransposed(dState, dg, weights.recurrent(), from);
    add(dMasked, times(dState, gates.r));
    return times(dState, masked);
  }

  /** z, r, g after their activations; product is (m * h) Uh + bh' of the reset-after variant. */
  private record Gates(double[] z, double[] r, double[] g, double[] product) {}

  private Gates gates(double[] x, double[] masked) {
    int units = masked.length;
    double[] a = row(weights.bias(), 0);
    addProduct(a, x, weights.kernel(), 0);
    double[] zr = new double[2 * units];
    addProduct(zr, masked, weights.recurrent(), 0);
    double[] product = new double[units];
    if (resetAfter) {
      add(zr, row(weights.bias(), 1));
      add(product, slice(row(weights.bias(), 1), 2, units));
    }
    double[] z = new double[units];
    double[] r = new double[units];
    double[] g = new double[units];
    Arrays.setAll(z, j -> sigmoid(a[j] + zr[j]));
    Arrays.setAll(r, j -> sigmoid(a[units + j] + zr[units + j]));
    addProduct(product, resetAfter ? masked : times(r, masked), weights.recurrent(), 2 * units);
    Arrays.setAll(g, j -> StrictMath.tanh(a[2 * units + j] + (resetAfter ? r[j] : 1) * product[j]));
    return new Gates(z, r, g, product);
  }
}

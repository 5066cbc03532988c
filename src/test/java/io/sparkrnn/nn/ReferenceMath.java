package io.sparkrnn.nn;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** The few vector operations the plain-double reference is written in. */
final class ReferenceMath {
  private ReferenceMath() {}

  static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /** y += x W for columns [from, from + y.length) of W. */
  static void addProduct(double[] y, double[] x, DMatrixRMaj w, int from) {
    for (int k = 0; k < x.length; k++) {
      for (int j = 0; j < y.length; j++) {
        y[j] += x[k] * w.get(k, from + j);
      }
    }
  }

  /** dx += dy W' for columns [from, from + dy.length) of W. */
  static void addProductTransposed(double[] dx, double[] dy, DMatrixRMaj w, int from) {
    for (int k = 0; k < dx.length; k++) {
      for (int j = 0; j < dy.length; j++) {
        dx[k] += dy[j] * w.get(k, from + j);
      }
    }
  }

  /** dW += x' dy for columns [from, from + dy.length) of dW. */
  static void addOuter(DMatrixRMaj dw, double[] x, double[] dy, int from) {
    for (int k = 0; k < x.length; k++) {
      for (int j = 0; j < dy.length; j++) {
        dw.add(k, from + j, x[k] * dy[j]);
      }
    }
  }

  /** Adds x to columns [from, from + x.length) of one row. */
  static void addToRow(DMatrixRMaj m, int row, double[] x, int from) {
    for (int j = 0; j < x.length; j++) {
      m.add(row, from + j, x[j]);
    }
  }

  static double[] row(DMatrixRMaj m, int row) {
    return Arrays.copyOfRange(m.data, row * m.numCols, (row + 1) * m.numCols);
  }

  static double[] times(double[] a, double[] b) {
    double[] c = new double[a.length];
    Arrays.setAll(c, j -> a[j] * b[j]);
    return c;
  }

  static double[] scaled(double[] a, double factor) {
    return Arrays.stream(a).map(v -> v * factor).toArray();
  }

  static void add(double[] sum, double[] x) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += x[j];
    }
  }

  static double[] concat(double[] a, double[] b) {
    double[] c = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, c, a.length, b.length);
    return c;
  }

  static double[] slice(double[] a, int part, int width) {
    return Arrays.copyOfRange(a, part * width, (part + 1) * width);
  }

  static double[] ones(int size) {
    double[] a = new double[size];
    Arrays.fill(a, 1);
    return a;
  }
}

package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Kernels;

/**
 * The softmax of rows of many values, by the kernels. Sums are of eight parts in double, added in
 * order: the same bits on every machine.
 */
final class Softmax {
  private Softmax() {}

  /** Returns the largest of n values; NaN does not count. */
  static float largest(float[] z, int at, int n) {
    float a = Float.NEGATIVE_INFINITY;
    float b = a;
    float c = a;
    float d = a;
    int i = at;
    for (; i < at + n - 3; i += 4) {
      a = z[i] > a ? z[i] : a;
      b = z[i + 1] > b ? z[i + 1] : b;
      c = z[i + 2] > c ? z[i + 2] : c;
      d = z[i + 3] > d ? z[i + 3] : d;
    }
    for (; i < at + n; i++) {
      a = z[i] > a ? z[i] : a;
    }
    float first = a > b ? a : b;
    float second = c > d ? c : d;
    return first > second ? first : second;
  }

  /** Replaces n values by exp(z - largest), and returns their sum. */
  static double exponentials(Kernels kernels, float[] z, int at, int n, float largest) {
    kernels.exp(n, z, at, largest);
    return sum(z, at, n);
  }

  /** Returns the sum of n values. */
  static double sum(float[] x, int at, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int i = at;
    for (; i < at + n - 7; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    for (; i < at + n; i++) {
      s0 += x[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** Multiplies n values. */
  static void scale(float[] z, int at, int n, float factor) {
    for (int i = at; i < at + n; i++) {
      z[i] *= factor;
    }
  }
}

package io.sparkrnn.audio;

/**
 * The discrete Fourier transform of a power of two of numbers, in place: radix 2, decimation in
 * time. Immutable; its tables are of {@link StrictMath}, the same everywhere.
 */
final class Fft {
  private final int size;
  private final double[] cos;
  private final double[] sin;

  /** Creates the transform of so many numbers, a power of two. */
  Fft(int size) {
    this.size = size;
    cos = new double[size / 2];
    sin = new double[size / 2];
    for (int k = 0; k < size / 2; k++) {
      cos[k] = StrictMath.cos(2 * Math.PI * k / size);
      sin[k] = -StrictMath.sin(2 * Math.PI * k / size);
    }
  }

  /** Transforms size complex numbers. Both arrays are modified. */
  void transform(double[] re, double[] im) {
    reorder(re, im);
    for (int half = 1; half < size; half *= 2) {
      int stride = size / (2 * half);
      for (int begin = 0; begin < size; begin += 2 * half) {
        for (int k = 0; k < half; k++) {
          int a = begin + k;
          int b = a + half;
          double c = cos[k * stride];
          double s = sin[k * stride];
          double x = re[b] * c - im[b] * s;
          double y = re[b] * s + im[b] * c;
          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
      }
    }
  }

  private void reorder(double[] re, double[] im) {
    int shift = Integer.numberOfLeadingZeros(size) + 1;
    for (int i = 0; i < size; i++) {
      int j = size == 1 ? 0 : Integer.reverse(i) >>> shift;
      if (j > i) {
        swap(re, i, j);
        swap(im, i, j);
      }
    }
  }

  private static void swap(double[] x, int i, int j) {
    double kept = x[i];
    x[i] = x[j];
    x[j] = kept;
  }
}

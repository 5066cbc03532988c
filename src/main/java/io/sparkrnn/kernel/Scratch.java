package io.sparkrnn.kernel;

/** Working memory for products, grown as needed; one per thread. */
public final class Scratch {
  private float[] left = new float[0];
  private float[] right = new float[0];

  float[] left(int size) {
    if (left.length < size) {
      left = new float[size];
    }
    return left;
  }

  float[] right(int size) {
    if (right.length < size) {
      right = new float[size];
    }
    return right;
  }
}

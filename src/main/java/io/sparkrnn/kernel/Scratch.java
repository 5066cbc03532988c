package io.sparkrnn.kernel;

/** Working memory for products, grown as needed; one per thread. */
public final class Scratch {
  /** Rows that a product over many rows copies at a time, and the widest panel it copies. */
  private static final int ROWS = 256;

  private static final int WIDEST_PANEL = 32;

  private float[] left = new float[0];
  private float[] right = new float[0];

  /** Returns the floats that A' B takes with k columns in A. */
  public static long floats(long k) {
    return ROWS * (k + 2L * WIDEST_PANEL);
  }

  /**
   * Returns the array itself if it holds {@code size} values, else a new one with a quarter more.
   */
  public static float[] grown(float[] array, int size) {
    return array.length >= size ? array : new float[size + size / 4];
  }

  /**
   * Returns the array itself if it holds {@code size} values, else a new one with a quarter more.
   */
  public static int[] grown(int[] array, int size) {
    return array.length >= size ? array : new int[size + size / 4];
  }

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

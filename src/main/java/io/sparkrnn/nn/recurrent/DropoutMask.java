package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.kernel.Scratch;
import java.util.SplittableRandom;

/**
 * Factors of what a layer reads at every step of a sequence: 0, or 1 / (1 - rate); one row for each
 * sequence of a block. Without dropout all factors are 1.
 *
 * <p>Scratch: owned by a tape, reused from batch to batch.
 *
 * @see <a href="https://arxiv.org/abs/1512.05287">Gal and Ghahramani, 2016</a>
 */
final class DropoutMask {
  private final Kernels kernels = Kernels.best();
  private final int width;
  private float[] factors = new float[0];
  private boolean drops;

  DropoutMask(int width) {
    this.width = width;
  }

  /**
   * Draws the factors of a block.
   *
   * @param rate fraction that is dropped
   * @param batchSize B
   * @param random source, or null for no dropout. Modified unless the rate is 0.
   */
  void draw(double rate, int batchSize, SplittableRandom random) {
    drops = rate > 0 && random != null;
    if (!drops) {
      return;
    }
    int size = batchSize * width;
    factors = Scratch.grown(factors, size);
    float keep = (float) (1 / (1 - rate));
    for (int i = 0; i < size; i++) {
      factors[i] = random.nextDouble() < rate ? 0f : keep;
    }
  }

  /** Whether a factor may be other than 1. */
  boolean drops() {
    return drops;
  }

  /**
   * y = x * factors.
   *
   * @param b packed row of the first sequence
   * @param count number of sequences
   * @param x count x width from {@code at}. Not modified unless it is y.
   * @param y count x width from {@code to}; may be the same place as x. Modified.
   */
  void multiply(int b, int count, float[] x, int at, float[] y, int to) {
    int n = count * width;
    if (drops) {
      kernels.multiplyElements(n, x, at, factors, b * width, y, to);
    } else if (x != y) {
      System.arraycopy(x, at, y, to, n);
    }
  }
}

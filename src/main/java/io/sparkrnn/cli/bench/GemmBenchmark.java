package io.sparkrnn.cli.bench;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.kernel.PackedMatrix;
import io.sparkrnn.kernel.Scratch;
import java.util.SplittableRandom;

/** Times the matrix product of a recurrent step on one thread: C (m x n) = A (m x k) B. */
public final class GemmBenchmark {
  private final Kernels kernels = Kernels.best();

  /** Returns the best of several rates, in GFLOP/s: the machine's noise only ever slows down. */
  public double gflops(int m, int n, int k) {
    float[] a = random(m * k);
    float[] c = new float[m * n];
    PackedMatrix b = new PackedMatrix(kernels);
    b.pack(k, n, random(k * n), 0, n);
    Scratch scratch = new Scratch();
    double flops = 2.0 * m * n * k;
    int repeats = (int) Math.max(1, 2e8 / flops);
    double best = 0;
    for (int round = 0; round < 40; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < repeats; i++) {
        kernels.multiply(m, a, 0, k, b, Addend.zero(), c, 0, n, scratch);
      }
      best = Math.max(best, flops * repeats / (System.nanoTime() - start));
    }
    return best;
  }

  private static float[] random(int size) {
    SplittableRandom random = new SplittableRandom(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble() - 0.5f;
    }
    return values;
  }
}

package io.sparkrnn.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of one product C (m x n) = A (m x k) B, in the shapes of a recurrent step, of steps with few
 * rows left and of a square, beside the portable kernels and EJML. 2 m n k floating-point
 * operations each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductsBenchmark {
  /** m x n x k. */
  @Param({"128x128x32", "128x512x128", "512x512x512", "1x128x32", "4x128x32", "8x512x128"})
  public String shape;

  private final Kernels best = Kernels.best();
  private final Kernels portable = Kernels.portable();
  private final PackedMatrix packed = new PackedMatrix(best);
  private final PackedMatrix packedPortable = new PackedMatrix(portable);
  private final Scratch scratch = new Scratch();
  private int m;
  private int n;
  private int k;
  private FMatrixRMaj a;
  private FMatrixRMaj b;
  private FMatrixRMaj c;

  /** Fills the matrices. */
  @Setup
  public void fill() {
    int[] sizes = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    m = sizes[0];
    n = sizes[1];
    k = sizes[2];
    a = new FMatrixRMaj(m, k, true, Floats.random(m * k, new SplittableRandom(1)));
    b = new FMatrixRMaj(k, n, true, Floats.random(k * n, new SplittableRandom(2)));
    c = new FMatrixRMaj(m, n);
    packed.pack(k, n, b.data, 0, n);
    packedPortable.pack(k, n, b.data, 0, n);
  }

  /** The kernels that training takes. */
  @Benchmark
  public float[] best() {
    best.multiply(m, a.data, 0, k, packed, Addend.zero(), c.data, 0, n, scratch);
    return c.data;
  }

  /** The kernels of a JVM without the Vector API. */
  @Benchmark
  public float[] portable() {
    portable.multiply(m, a.data, 0, k, packedPortable, Addend.zero(), c.data, 0, n, scratch);
    return c.data;
  }

  /** EJML's product. */
  @Benchmark
  public float[] ejml() {
    CommonOps_FDRM.mult(a, b, c);
    return c.data;
  }
}

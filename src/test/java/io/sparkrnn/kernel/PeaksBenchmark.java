package io.sparkrnn.kernel;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a core can do at most: fused multiply-adds in independent chains, and copies of arrays that
 * fit a cache or none. Operations are vectors: 2 floating-point operations a lane, or 4 bytes read
 * and 4 written.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PeaksBenchmark {
  private static final int STEPS = 1024;
  private static final int SECOND_LEVEL = 1 << 16;
  private static final int MEMORY = 1 << 25;

  private float[] from;
  private float[] to;

  /** Fills the arrays. */
  @Setup
  public void fill() {
    from = new float[MEMORY];
    to = new float[MEMORY];
  }

  /** Ten chains: more than latency times throughput of the units. */
  @Benchmark
  @OperationsPerInvocation(10 * STEPS)
  public float fma() {
    FloatVector x = FloatVector.broadcast(VectorGemm.S, 0.5f);
    FloatVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x;
    for (int s = 0; s < STEPS; s++) {
      a = x.fma(x, a);
      b = x.fma(x, b);
      c = x.fma(x, c);
      d = x.fma(x, d);
      e = x.fma(x, e);
      f = x.fma(x, f);
      g = x.fma(x, g);
      h = x.fma(x, h);
      i = x.fma(x, i);
      j = x.fma(x, j);
    }
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j);
    sum.intoArray(to, 0);
    return to[0];
  }

  /** 256 KiB to 256 KiB. */
  @Benchmark
  @OperationsPerInvocation(SECOND_LEVEL / 16)
  public float[] copyInSecondLevelCache() {
    System.arraycopy(from, 0, to, 0, SECOND_LEVEL);
    return to;
  }

  /** 128 MiB to 128 MiB; the operation is 16 floats. */
  @Benchmark
  @OperationsPerInvocation(MEMORY / 16)
  public float[] copyInMemory() {
    System.arraycopy(from, 0, to, 0, MEMORY);
    return to;
  }
}

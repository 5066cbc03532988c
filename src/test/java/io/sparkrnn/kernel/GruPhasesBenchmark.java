package io.sparkrnn.kernel;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Where a token's time goes in training a GRU of either variant: nanoseconds per token of each
 * phase, over the same chunk as {@link LstmPhasesBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(GruPhasesBenchmark.TOKENS)
public class GruPhasesBenchmark {
  static final int ROWS = LstmPhasesBenchmark.ROWS;
  static final int TOKENS = LstmPhasesBenchmark.TOKENS;

  /** Distinct words of such a chunk. */
  private static final int WORDS = 1_900;

  /** Rows of gate derivatives that are used together. */
  private static final int PENDING = 8 * ROWS;

  /** H. */
  @Param({"32", "128", "512"})
  public int units;

  /** Whether the reset gate acts after the recurrent product. */
  @Param({"true", "false"})
  public boolean resetAfter;

  private final Kernels kernels = Kernels.best();
  private final Scratch scratch = new Scratch();
  private final PackedMatrix recurrent = new PackedMatrix(kernels);
  private final PackedMatrix candidate = new PackedMatrix(kernels);
  private final PackedMatrix transposed = new PackedMatrix(kernels);
  private final PackedMatrix candidateTransposed = new PackedMatrix(kernels);
  private int columns;
  private int[] index;
  private float[] gates;
  private float[] hidden;
  private float[] dHidden;
  private float[] dReset;
  private float[] dGates;
  private float[] dTable;
  private float[] gradient;
  private Addend start;

  /** Fills the arrays. */
  @Setup
  public void fill() {
    columns = 4 * units;
    float[] table = Floats.random(WORDS * columns, new SplittableRandom(1));
    dTable = new float[WORDS * columns];
    SplittableRandom random = new SplittableRandom(2);
    // frequent words first, as in text
    index = random.doubles(TOKENS).mapToInt(u -> (int) (WORDS * u * u * u)).toArray();
    start = Addend.gather(table, columns, index);
    gates = Floats.random(TOKENS * columns, new SplittableRandom(3));
    hidden = Floats.random((TOKENS + ROWS) * units, new SplittableRandom(4));
    dHidden = Floats.random(ROWS * units, new SplittableRandom(5));
    dReset = Floats.random(ROWS * units, new SplittableRandom(6));
    dGates = Floats.random(PENDING * columns, new SplittableRandom(7));
    gradient = new float[units * 3 * units];
    float[] kernel = Floats.random(units * 3 * units, new SplittableRandom(8));
    for (int i = 0; i < kernel.length; i++) {
      // small enough for derivatives to fade from step to step, not to overflow
      kernel[i] /= 2 * (float) Math.sqrt(units);
    }
    recurrent.pack(units, 2 * units, kernel, 0, 3 * units);
    candidate.pack(units, units, kernel, 2 * units, 3 * units);
    transposed.packTransposed(2 * units, units, kernel, 0, 3 * units);
    candidateTransposed.packTransposed(units, units, kernel, 2 * units, 3 * units);
  }

  /** Both recurrent products, started from the gathered projections, to the tape. */
  @Benchmark
  public void recurrentProducts() {
    for (int row = 0; row < TOKENS; row += ROWS) {
      int h = row * units;
      int at = row * columns;
      start.at(row);
      multiply(hidden, h, units, recurrent, start.column(0), gates, at, columns);
      start.copy(ROWS, 2 * units, units, gates, at + 2 * units, columns);
      if (resetAfter) {
        start.column(3 * units);
        multiply(hidden, h, units, candidate, start, gates, at + 3 * units, columns);
      } else {
        kernels.gruReset(ROWS, units, gates, at, hidden, h);
        int reset = at + 3 * units;
        int target = at + 2 * units;
        multiply(gates, reset, columns, candidate, Addend.target(), gates, target, columns);
      }
    }
  }

  private void multiply(
      float[] a, int at, int lda, PackedMatrix b, Addend from, float[] c, int to, int ldc) {
    kernels.multiply(ROWS, a, at, lda, b, from, c, to, ldc, scratch);
  }

  /** Gates and h. */
  @Benchmark
  public void activations() {
    for (int row = 0; row < TOKENS; row += ROWS) {
      int next = (row + ROWS) * units;
      kernels.gruForward(
          ROWS, units, resetAfter, gates, row * columns, hidden, row * units, hidden, next);
    }
  }

  /** From dh to the gate derivatives; before the product, through the candidate's. */
  @Benchmark
  public void activationsBackward() {
    for (int row = 0; row < TOKENS; row += ROWS) {
      int h = row * units;
      int at = row * columns;
      kernels.gruBackward(ROWS, units, resetAfter, gates, at, hidden, h, dHidden, 0, dGates, 0);
      if (!resetAfter) {
        int from = 2 * units;
        multiply(dGates, from, columns, candidateTransposed, Addend.zero(), dReset, 0, units);
        kernels.gruResetBackward(ROWS, units, gates, at, hidden, h, dReset, 0, dGates, 0);
        kernels.add(ROWS * units, dReset, 0, dHidden, 0);
      }
    }
  }

  /** dGates Wh', the dh of the step before. */
  @Benchmark
  public void backwardProducts() {
    for (int row = 0; row < TOKENS; row += ROWS) {
      if (resetAfter) {
        int from = 3 * units;
        multiply(dGates, from, columns, candidateTransposed, Addend.zero(), dHidden, 0, units);
      }
      Addend before = resetAfter ? Addend.target() : Addend.zero();
      multiply(dGates, 0, columns, transposed, before, dHidden, 0, units);
    }
  }

  /** h' dGates, the gradient of Wh. */
  @Benchmark
  public void weightGradient() {
    for (int row = 0; row + PENDING <= TOKENS; row += PENDING) {
      int h = row * units;
      addProduct(2 * units, hidden, h, units, 0, 0);
      if (resetAfter) {
        addProduct(units, hidden, h, units, 3 * units, 2 * units);
      } else {
        addProduct(units, gates, row * columns + 3 * units, columns, 2 * units, 2 * units);
      }
    }
  }

  private void addProduct(int n, float[] a, int at, int lda, int from, int to) {
    kernels.addTransposedProduct(
        PENDING, units, n, a, at, lda, dGates, from, columns, gradient, to, 3 * units, scratch);
  }

  /** Gate derivatives summed per distinct word. */
  @Benchmark
  public void sumPerWord() {
    for (int row = 0; row + PENDING <= TOKENS; row += PENDING) {
      kernels.scatterAdd(PENDING, columns, dGates, 0, index, row, dTable);
    }
  }
}

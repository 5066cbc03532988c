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
 * Where a token's time goes in training an LSTM: nanoseconds per token of each phase over a chunk
 * of 32 reviews of 219 tokens, the arrays as far apart in memory as training has them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(LstmPhasesBenchmark.TOKENS)
public class LstmPhasesBenchmark {
  static final int ROWS = 32;
  static final int TOKENS = 219 * ROWS;

  /** Distinct words of such a chunk. */
  private static final int WORDS = 1_900;

  /** Rows of gate derivatives that are used together. */
  private static final int PENDING = 8 * ROWS;

  /** H. */
  @Param({"32", "128", "512"})
  public int units;

  private final Kernels kernels = Kernels.best();
  private final Scratch scratch = new Scratch();
  private final PackedMatrix recurrent = new PackedMatrix(kernels);
  private final PackedMatrix transposed = new PackedMatrix(kernels);
  private int columns;
  private float[] table;
  private int[] index;
  private float[] gates;
  private float[] hidden;
  private float[] cell;
  private float[] cellTanh;
  private float[] dHidden;
  private float[] dCell;
  private float[] dGates;
  private float[] dTable;
  private float[] gradient;
  private Start start;

  /** Fills the arrays. */
  @Setup
  public void fill() {
    columns = 4 * units;
    table = Floats.random(WORDS * columns, new SplittableRandom(1));
    dTable = new float[WORDS * columns];
    SplittableRandom random = new SplittableRandom(2);
    // frequent words first, as in text
    index = random.doubles(TOKENS).mapToInt(u -> (int) (WORDS * u * u * u)).toArray();
    start = Start.gather(table, columns, index);
    gates = Floats.random(TOKENS * columns, new SplittableRandom(3));
    hidden = Floats.random((TOKENS + ROWS) * units, new SplittableRandom(4));
    cell = Floats.random((TOKENS + ROWS) * units, new SplittableRandom(5));
    cellTanh = Floats.random(TOKENS * units, new SplittableRandom(6));
    dHidden = Floats.random(ROWS * units, new SplittableRandom(7));
    dCell = Floats.random(ROWS * units, new SplittableRandom(8));
    dGates = Floats.random(PENDING * columns, new SplittableRandom(9));
    gradient = new float[units * columns];
    float[] kernel = Floats.random(units * columns, new SplittableRandom(10));
    recurrent.pack(units, columns, kernel, 0, columns);
    transposed.packTransposed(columns, units, kernel, 0, columns);
  }

  /** h(t-1) Wh, started from the gathered projections, to the tape. */
  @Benchmark
  public void recurrentProduct() {
    for (int row = 0; row < TOKENS; row += ROWS) {
      kernels.multiply(
          ROWS,
          hidden,
          row * units,
          units,
          recurrent,
          start.at(row),
          gates,
          row * columns,
          columns,
          scratch);
    }
  }

  /** Gates, c, tanh(c) and h. */
  @Benchmark
  public void activations() {
    for (int row = 0; row < TOKENS; row += ROWS) {
      int h = row * units;
      int next = (row + ROWS) * units;
      kernels.lstmForward(
          ROWS, units, gates, row * columns, cell, h, cell, next, cellTanh, h, hidden, next);
    }
  }

  /** From dh and dc to the gate derivatives. */
  @Benchmark
  public void activationsBackward() {
    for (int row = 0; row < TOKENS; row += ROWS) {
      int h = row * units;
      kernels.lstmBackward(
          ROWS, units, gates, row * columns, cell, h, cellTanh, h, dHidden, 0, dCell, 0, dGates, 0);
    }
  }

  /** dGates Wh', the dh of the step before. */
  @Benchmark
  public void backwardProduct() {
    for (int row = 0; row < TOKENS; row += ROWS) {
      kernels.multiply(
          ROWS, dGates, 0, columns, transposed, Start.zero(), dHidden, 0, units, scratch);
    }
  }

  /** h' dGates, the gradient of Wh. */
  @Benchmark
  public void weightGradient() {
    for (int row = 0; row + PENDING <= TOKENS; row += PENDING) {
      kernels.addTransposedProduct(
          PENDING,
          units,
          columns,
          hidden,
          row * units,
          units,
          dGates,
          0,
          columns,
          gradient,
          0,
          columns,
          scratch);
    }
  }

  /** Gate derivatives summed per distinct word. */
  @Benchmark
  public void sumPerWord() {
    for (int row = 0; row + PENDING <= TOKENS; row += PENDING) {
      kernels.scatterAdd(PENDING, columns, dGates, 0, index, row, dTable);
    }
  }
}

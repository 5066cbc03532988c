package io.sparkrnn.kernel;

import java.util.Arrays;
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
 * Where a token's time goes in training an LSTM: nanoseconds per token of each phase over a block
 * of 16 reviews of 219 tokens, the arrays as far apart in memory as training has them; what is done
 * once for a batch of 128 reviews, per token of the batch. I = H.
 *
 * <p>The recurrent product contains the gather, and it and the activations the tape's traffic; both
 * are also measured alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(LstmPhasesBenchmark.TOKENS)
public class LstmPhasesBenchmark {
  static final int ROWS = 16;
  static final int TOKENS = 219 * ROWS;
  static final int BATCH_TOKENS = 8 * TOKENS;

  /** Distinct words of a batch. */
  private static final int WORDS = 4_000;

  /** Rows of gate derivatives that are used together. */
  private static final int PENDING = 16 * ROWS;

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
  private float[] words;
  private float[] dWords;
  private float[] moments;
  private float[] bias;
  private int[] zeros;
  private final RmsPropStep step = new RmsPropStep(1e-3f, 0.9f, 0.1f, 1e-7f);
  private Addend start;

  /** Fills the arrays. */
  @Setup
  public void fill() {
    columns = 4 * units;
    table = Floats.random(WORDS * columns, new SplittableRandom(1));
    dTable = new float[WORDS * columns];
    SplittableRandom random = new SplittableRandom(2);
    // frequent words first, as in text
    index = random.doubles(TOKENS).mapToInt(u -> (int) (WORDS * u * u * u)).toArray();
    start = Addend.gather(table, columns, index);
    gates = Floats.random(TOKENS * columns, new SplittableRandom(3));
    hidden = Floats.random((TOKENS + ROWS) * units, new SplittableRandom(4));
    cell = Floats.random((TOKENS + ROWS) * units, new SplittableRandom(5));
    cellTanh = Floats.random(TOKENS * units, new SplittableRandom(6));
    dHidden = Floats.random(ROWS * units, new SplittableRandom(7));
    dCell = Floats.random(ROWS * units, new SplittableRandom(8));
    dGates = Floats.random(PENDING * columns, new SplittableRandom(9));
    gradient = new float[units * columns];
    float[] kernel = Floats.random(units * columns, new SplittableRandom(10));
    words = Floats.random(WORDS * units, new SplittableRandom(11));
    dWords = new float[WORDS * units];
    moments = new float[WORDS * units];
    bias = new float[columns];
    zeros = new int[WORDS];
    recurrent.pack(units, columns, kernel, 0, columns);
    transposed.packTransposed(columns, units, kernel, 0, columns);
  }

  /** The distinct words' rows through the input kernel. */
  @Benchmark
  @OperationsPerInvocation(BATCH_TOKENS)
  public void projection() {
    Addend from = Addend.gather(bias, columns, zeros);
    kernels.multiply(WORDS, words, 0, units, recurrent, from, table, 0, columns, scratch);
  }

  /** The projections of a step's words, copied to the tape. */
  @Benchmark
  public void gather() {
    for (int row = 0; row < TOKENS; row += ROWS) {
      start.at(row).copy(ROWS, 0, columns, gates, row * columns, columns);
    }
  }

  /** All that a block keeps, written once, and read once as fast as it can be. */
  @Benchmark
  public float tapeTraffic() {
    Arrays.fill(gates, 1f);
    Arrays.fill(hidden, 1f);
    Arrays.fill(cell, 1f);
    Arrays.fill(cellTanh, 1f);
    kernels.addColumnSums(TOKENS, columns, gates, 0, bias, 0);
    kernels.addColumnSums(TOKENS, units, hidden, 0, bias, 0);
    kernels.addColumnSums(TOKENS, units, cell, 0, bias, 0);
    kernels.addColumnSums(TOKENS, units, cellTanh, 0, bias, 0);
    float sum = bias[0];
    Arrays.fill(bias, 0f);
    return sum;
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
          ROWS, dGates, 0, columns, transposed, Addend.zero(), dHidden, 0, units, scratch);
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

  /** From the sums to the gradients of input kernel and words. */
  @Benchmark
  @OperationsPerInvocation(BATCH_TOKENS)
  public void inputGradients() {
    kernels.addTransposedProduct(
        WORDS, units, columns, words, 0, units, dTable, 0, columns, gradient, 0, columns, scratch);
    kernels.multiply(
        WORDS, dTable, 0, columns, transposed, Addend.zero(), dWords, 0, units, scratch);
  }

  /** RMSprop on the words' rows and both kernels. */
  @Benchmark
  @OperationsPerInvocation(BATCH_TOKENS)
  public void optimizer() {
    for (int word = 0; word < WORDS; word++) {
      kernels.rmsProp(units, word * units, 1f, step, dWords, moments, words);
    }
    kernels.rmsProp(gradient.length, 0, 1f, step, gradient, dTable, table);
    kernels.rmsProp(gradient.length, 0, 1f, step, gradient, dTable, table);
  }
}

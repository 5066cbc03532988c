package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.kernel.Scratch;
import java.util.Arrays;

/**
 * From queries to the probabilities of tokens, and back, some steps at a time.
 *
 * <pre>
 *   z(n, v) = q(n) . W(v) + b(v)      loss(n) = log(sum over v of exp(z(n, v))) - z(n, target(n))
 *   sampled: v in the sample S and the target, the target not twice, and from each z the logarithm
 *            of how often v is expected to be drawn is subtracted
 * </pre>
 *
 * <p>N steps, Q floats of a query, V tokens. Stateless; scratch is the tape.
 */
final class TokenSoftmax {
  /** Logits of a block: 1 MB, so that it stays in the second-level cache. */
  private static final int BLOCK = 1 << 18;

  private static final int FEWEST_ROWS = 64;
  private static final int MOST_ROWS = 1024;

  private final int tokens;
  private final int width;
  private final int tableOffset;
  private final int biasOffset;

  /**
   * Creates the softmax.
   *
   * @param tokens V
   * @param width Q
   * @param tableOffset where W (V x Q) starts among the parameters
   * @param biasOffset where b (V) starts
   */
  TokenSoftmax(int tokens, int width, int tableOffset, int biasOffset) {
    this.tokens = tokens;
    this.width = width;
    this.tableOffset = tableOffset;
    this.biasOffset = biasOffset;
  }

  /** Returns how many steps a block has when each is compared with so many tokens. */
  static int rows(int compared) {
    return Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, BLOCK / compared));
  }

  /** Writes log p of every token, count x V, into the predictions. */
  void everyToken(int count, float[] queries, NextTokenTape tape) {
    know(tape);
    float[] z = tape.predictions();
    logits(count, queries, 0, z, tape);
    tape.logits = Scratch.grown(tape.logits, tokens);
    for (int r = 0; r < count; r++) {
      System.arraycopy(z, r * tokens, tape.logits, 0, tokens);
      float total = (float) logSum(tape.kernels, tape.logits, 0, tokens);
      for (int v = r * tokens; v < (r + 1) * tokens; v++) {
        z[v] -= total;
      }
    }
  }

  /** Writes log p of the target of each step into the predictions. */
  void targets(int steps, NextTokenTape tape) {
    know(tape);
    int block = rows(tokens);
    tape.logits = Scratch.grown(tape.logits, Math.min(steps, block) * tokens);
    for (int from = 0; from < steps; from += block) {
      int rows = Math.min(block, steps - from);
      logits(rows, tape.queries, from * width, tape.logits, tape);
      for (int r = 0; r < rows; r++) {
        double target = tape.logits[r * tokens + tape.targets[from + r]];
        tape.predictions()[from + r] =
            (float) (target - logSum(tape.kernels, tape.logits, r * tokens, tokens));
      }
    }
  }

  /** Replaces n logits by their exponentials, up to a factor; returns log(sum(exp(z))). */
  private static double logSum(Kernels kernels, float[] z, int at, int n) {
    float largest = Softmax.largest(z, at, n);
    return largest + StrictMath.log(Softmax.exponentials(kernels, z, at, n, largest));
  }

  /** z = q W' + b for some rows. */
  private void logits(int rows, float[] queries, int from, float[] z, NextTokenTape tape) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(tape.parameters, biasOffset, z, r * tokens, tokens);
    }
    tape.kernels.multiply(
        rows, queries, from, width, tape.table, Addend.target(), z, 0, tokens, tape.scratch);
  }

  /** Packs the table once for the parameters of the tape. */
  private void know(NextTokenTape tape) {
    if (!tape.tableKnown) {
      tape.table.packTransposed(width, tokens, tape.parameters, tableOffset, width);
      tape.tableKnown = true;
      // where softmax is sampled in training, the sample stood here
      tape.transposedKnown &= tape.sample.size() == 0;
    }
  }

  /**
   * Returns sum(weight * loss), adds the derivatives by table and bias, and writes those by the
   * queries.
   *
   * @param count what the derivatives are divided by
   * @param smoothing share of each target that all tokens get alike
   */
  double full(int steps, int count, double smoothing, NextTokenTape tape, float[] gradient) {
    know(tape);
    if (!tape.transposedKnown) {
      tape.tableTransposed.pack(tokens, width, tape.parameters, tableOffset, width);
      tape.transposedKnown = true;
    }
    int block = rows(tokens);
    tape.logits = Scratch.grown(tape.logits, Math.min(steps, block) * tokens);
    double sum = 0;
    for (int from = 0; from < steps; from += block) {
      int rows = Math.min(block, steps - from);
      logits(rows, tape.queries, from * width, tape.logits, tape);
      for (int r = 0; r < rows; r++) {
        sum += weighted(r * tokens, from + r, count, smoothing, tape);
      }
      back(rows, tokens, from, tape, gradient, tableOffset, gradient, biasOffset);
    }
    return sum;
  }

  /** Returns weight * loss of the logits of a step, and replaces them by their derivative. */
  private double weighted(int at, int step, int count, double smoothing, NextTokenTape tape) {
    float[] z = tape.logits;
    int target = tape.targets[step];
    double weight = tape.weights[step];
    double others = smoothing / tokens;
    double expected = (1 - smoothing) * z[at + target];
    if (smoothing > 0) {
      expected += others * Softmax.sum(z, at, tokens);
    }
    float largest = Softmax.largest(z, at, tokens);
    double total = Softmax.exponentials(tape.kernels, z, at, tokens, largest);
    double scale = weight / count;
    Softmax.scale(z, at, tokens, (float) (scale / total));
    if (smoothing > 0) {
      float share = (float) (scale * others);
      for (int v = at; v < at + tokens; v++) {
        z[v] -= share;
      }
    }
    z[at + target] -= (float) (scale * (1 - smoothing));
    return weight * (largest + StrictMath.log(total) - expected);
  }

  /** From the derivatives by a block of logits to those by table, bias and queries. */
  private void back(
      int rows,
      int compared,
      int from,
      NextTokenTape tape,
      float[] dTable,
      int dTableOffset,
      float[] dBias,
      int dBiasOffset) {
    tape.kernels.addColumnSums(rows, compared, tape.logits, 0, dBias, dBiasOffset);
    tape.kernels.addTransposedProduct(
        rows,
        compared,
        width,
        tape.logits,
        0,
        compared,
        tape.queries,
        from * width,
        width,
        dTable,
        dTableOffset,
        width,
        tape.scratch);
    tape.kernels.multiply(
        rows,
        tape.logits,
        0,
        compared,
        tape.tableTransposed,
        Addend.zero(),
        tape.dQueries,
        from * width,
        width,
        tape.scratch);
  }

  /** The same with the sampled softmax; notes which rows of the table it adds to. */
  double sampled(int steps, int count, NextTokenTape tape, float[] gradient) {
    LogUniformSample sample = tape.sample;
    int size = sample.size();
    gatherSample(tape);
    int block = rows(size);
    tape.logits = Scratch.grown(tape.logits, Math.min(steps, block) * size);
    double sum = 0;
    for (int from = 0; from < steps; from += block) {
      int rows = Math.min(block, steps - from);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(tape.sampledBias, 0, tape.logits, r * size, size);
      }
      tape.kernels.multiply(
          rows,
          tape.queries,
          from * width,
          width,
          tape.table,
          Addend.target(),
          tape.logits,
          0,
          size,
          tape.scratch);
      sum += compare(rows, from, count, tape, gradient);
    }
    for (int s = 0; s < size; s++) {
      int row = sample.ids()[s];
      tape.touched().add(row);
      tape.kernels.add(width, tape.dSampledRows, s * width, gradient, tableOffset + row * width);
      gradient[biasOffset + row] += tape.dSampledBias[s];
    }
    return sum;
  }

  /** Puts the rows of the sample together, once for the parameters and the seed of the tape. */
  private void gatherSample(NextTokenTape tape) {
    int size = tape.sample.size();
    if (tape.sample.draw(tape.seed()) || !tape.transposedKnown) {
      tape.sampledRows = Scratch.grown(tape.sampledRows, size * width);
      tape.sampledBias = Scratch.grown(tape.sampledBias, size);
      for (int s = 0; s < size; s++) {
        int row = tape.sample.ids()[s];
        System.arraycopy(
            tape.parameters, tableOffset + row * width, tape.sampledRows, s * width, width);
        tape.sampledBias[s] =
            (float) (tape.parameters[biasOffset + row] - tape.sample.logExpected(row));
      }
      tape.table.packTransposed(width, size, tape.sampledRows, 0, width);
      tape.tableTransposed.pack(size, width, tape.sampledRows, 0, width);
      tape.tableKnown = false; // the table is that of the sample
      tape.transposedKnown = true;
    }
    tape.dSampledRows = Scratch.grown(tape.dSampledRows, size * width);
    tape.dSampledBias = Scratch.grown(tape.dSampledBias, size);
    Arrays.fill(tape.dSampledRows, 0, size * width, 0f);
    Arrays.fill(tape.dSampledBias, 0, size, 0f);
  }

  /** From the logits of a block to losses and derivatives. */
  private double compare(int rows, int from, int count, NextTokenTape tape, float[] gradient) {
    int size = tape.sample.size();
    tape.dTargets = Scratch.grown(tape.dTargets, rows);
    float[] own = tape.dTargets;
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      int target = tape.targets[from + r];
      double z = targetLogit(from + r, target, tape);
      int hit = tape.sample.place(target);
      sum += loss(r, z, hit, tape.weights[from + r], count, tape, own);
    }
    back(rows, size, from, tape, tape.dSampledRows, 0, tape.dSampledBias, 0);
    for (int r = 0; r < rows; r++) {
      int target = tape.targets[from + r];
      tape.touched().add(target);
      int row = tableOffset + target * width;
      int query = (from + r) * width;
      addScaled(width, own[r], tape.queries, query, gradient, row);
      addScaled(width, own[r], tape.parameters, row, tape.dQueries, query);
      gradient[biasOffset + target] += own[r];
    }
    return sum;
  }

  private double targetLogit(int step, int target, NextTokenTape tape) {
    double dot = 0;
    int row = tableOffset + target * width;
    for (int i = 0; i < width; i++) {
      dot += (double) tape.queries[step * width + i] * tape.parameters[row + i];
    }
    return dot + tape.parameters[biasOffset + target] - tape.sample.logExpected(target);
  }

  /**
   * Returns weight * loss of a row of sampled logits, and replaces it by its derivative.
   *
   * @param target the target's own logit
   * @param hit place of the target in the sample, where it does not count, or less than 0
   * @param own derivative by the target's logit, for row r. Modified.
   */
  private static double loss(
      int r, double target, int hit, double weight, int count, NextTokenTape tape, float[] own) {
    int size = tape.sample.size();
    float[] z = tape.logits;
    int at = r * size;
    if (hit >= 0) {
      z[at + hit] = Float.NEGATIVE_INFINITY;
    }
    float largest = Math.max((float) target, Softmax.largest(z, at, size));
    double others = Softmax.exponentials(tape.kernels, z, at, size, largest);
    if (hit >= 0) {
      others -= z[at + hit];
      z[at + hit] = 0;
    }
    double self = StrictMath.exp(target - largest);
    double total = others + self;
    double scale = weight / count;
    Softmax.scale(z, at, size, (float) (scale / total));
    own[r] = (float) (scale * -others / total);
    return weight * (largest + StrictMath.log(total) - target);
  }

  private static void addScaled(int n, float a, float[] x, int from, float[] y, int to) {
    for (int i = 0; i < n; i++) {
      y[to + i] = Math.fma(a, x[from + i], y[to + i]);
    }
  }
}

package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.kernel.PackedMatrix;
import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.Initializers;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.nn.TranslationHead.Score;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Attention of the steps of one sequence to those of another.
 *
 * <pre>
 *   k(j) = h(j) K                        h(j): M values of a source step, k(j): Q values
 *   general:  e(t,j) = s(t) . k(j)       additive: e(t,j) = v . tanh(s(t) W + k(j))
 *   a(t) = softmax over j of e(t)        c(t) = sum over j of a(t,j) h(j)
 * </pre>
 *
 * <p>Rows are in the order of sentences: all steps of the first, then those of the second; what the
 * decoder has are queries s, Q values each. A sentence without source steps gives zeros.
 */
final class CrossAttention {
  private final int memorySize;
  private final int querySize;
  private final int keyOffset;
  private final int queryOffset;
  private final int scaleOffset;

  CrossAttention(Score score, int memorySize, int querySize, ParameterLayout.Builder layout) {
    this.memorySize = memorySize;
    this.querySize = querySize;
    keyOffset = layout.add("attention/memory_kernel", memorySize, querySize);
    boolean additive = score == Score.ADDITIVE;
    queryOffset = additive ? layout.add("attention/query_kernel", querySize, querySize) : -1;
    scaleOffset = additive ? layout.add("attention/scale", querySize) : -1;
  }

  private boolean isAdditive() {
    return scaleOffset >= 0;
  }

  void initialize(float[] parameters, SplittableRandom random) {
    Initializers.glorotUniform(parameters, keyOffset, memorySize, querySize, random);
    if (isAdditive()) {
      Initializers.glorotUniform(parameters, queryOffset, querySize, querySize, random);
      Initializers.glorotUniform(parameters, scaleOffset, querySize, 1, random);
    }
  }

  /** Returns the floats for so many source steps, and about as many of the decoder. */
  long floats(long steps) {
    return steps * (2L * memorySize + 6L * querySize) + 4L * querySize * (memorySize + querySize);
  }

  void pack(float[] parameters, Tape tape) {
    tape.parameters = parameters;
    tape.keyKernel.pack(memorySize, querySize, parameters, keyOffset, querySize);
    tape.keyTransposed.packTransposed(querySize, memorySize, parameters, keyOffset, querySize);
    if (isAdditive()) {
      tape.queryKernel.pack(querySize, querySize, parameters, queryOffset, querySize);
      tape.queryTransposed.packTransposed(querySize, querySize, parameters, queryOffset, querySize);
    }
  }

  /**
   * Takes the source steps, and computes their keys.
   *
   * @param outputs N x M in packed order. Not modified.
   */
  void remember(PackedBatch batch, float[] outputs, Tape tape) {
    int rows = batch.tokens();
    tape.sourceStarts = Scratch.grown(tape.sourceStarts, batch.size() + 1);
    tape.memory = Scratch.grown(tape.memory, rows * memorySize);
    tape.keys = Scratch.grown(tape.keys, rows * querySize);
    int to = 0;
    for (int b = 0; b < batch.size(); b++) {
      tape.sourceStarts[b] = to;
      for (int t = 0; t < batch.length(b); t++, to++) {
        int from = (batch.offset(t) + b) * memorySize;
        System.arraycopy(outputs, from, tape.memory, to * memorySize, memorySize);
      }
    }
    tape.sourceStarts[batch.size()] = to;
    tape.sentences = batch.size();
    product(rows, tape.memory, memorySize, tape.keyKernel, Addend.zero(), tape.keys, tape);
  }

  private void product(
      int rows, float[] a, int lda, PackedMatrix b, Addend c0, float[] c, Tape tape) {
    tape.kernels.multiply(rows, a, 0, lda, b, c0, c, 0, b.columns(), tape.scratch);
  }

  /**
   * Attends.
   *
   * @param starts where the queries of each sentence begin, and their number. Kept for {@link
   *     #backward}; not modified.
   * @param queries s, dense. Kept; not modified.
   * @param contexts c, dense. Modified.
   */
  void attend(int[] starts, float[] queries, float[] contexts, Tape tape) {
    tape.starts = starts;
    tape.queries = queries;
    int rows = starts[tape.sentences];
    if (isAdditive()) {
      tape.projected = Scratch.grown(tape.projected, rows * querySize);
      product(rows, queries, querySize, tape.queryKernel, Addend.zero(), tape.projected, tape);
    }
    tape.placeWeights();
    for (int b = 0; b < tape.sentences; b++) {
      int count = tape.count(b);
      int steps = tape.steps(b);
      if (count == 0) {
        continue;
      }
      if (steps == 0) {
        Arrays.fill(contexts, starts[b] * memorySize, starts[b + 1] * memorySize, 0f);
        continue;
      }
      if (isAdditive()) {
        compare(b, tape);
      } else {
        int keys = tape.sourceStarts[b] * querySize;
        tape.packed.packTransposed(querySize, steps, tape.keys, keys, querySize);
        multiply(count, queries, starts[b], querySize, tape.weights, tape.weightStarts[b], tape);
      }
      for (int r = 0; r < count; r++) {
        softmax(tape.weights, tape.weightStarts[b] + r * steps, steps);
      }
      int memory = tape.sourceStarts[b] * memorySize;
      tape.packed.pack(steps, memorySize, tape.memory, memory, memorySize);
      tape.kernels.multiply(
          count,
          tape.weights,
          tape.weightStarts[b],
          steps,
          tape.packed,
          Addend.zero(),
          contexts,
          starts[b] * memorySize,
          memorySize,
          tape.scratch);
    }
  }

  /** c = a B for some rows of a, B being the packed matrix of the sentence. */
  private void multiply(
      int rows, float[] a, int firstRow, int lda, float[] c, int cOffset, Tape tape) {
    PackedMatrix b = tape.packed;
    tape.kernels.multiply(
        rows, a, firstRow * lda, lda, b, Addend.zero(), c, cOffset, b.columns(), tape.scratch);
  }

  /** Additive scores of a sentence. */
  private void compare(int b, Tape tape) {
    int steps = tape.steps(b);
    tape.hidden = Scratch.grown(tape.hidden, steps * querySize);
    for (int r = 0; r < tape.count(b); r++) {
      hidden(b, r, tape);
      int at = tape.weightStarts[b] + r * steps;
      for (int j = 0; j < steps; j++) {
        float sum = 0;
        for (int i = 0; i < querySize; i++) {
          sum = Math.fma(tape.parameters[scaleOffset + i], tape.hidden[j * querySize + i], sum);
        }
        tape.weights[at + j] = sum;
      }
    }
  }

  /** tanh(s W + k) of a query and all steps of its sentence. */
  private void hidden(int b, int r, Tape tape) {
    int steps = tape.steps(b);
    int query = (tape.starts[b] + r) * querySize;
    int keys = tape.sourceStarts[b] * querySize;
    for (int j = 0; j < steps; j++) {
      for (int i = 0; i < querySize; i++) {
        tape.hidden[j * querySize + i] =
            tape.projected[query + i] + tape.keys[keys + j * querySize + i];
      }
    }
    tape.kernels.tanh(steps * querySize, tape.hidden, 0);
  }

  private static void softmax(float[] scores, int at, int n) {
    double max = Softmax.largest(scores, at, n);
    double sum = 0;
    for (int j = at; j < at + n; j++) {
      double e = StrictMath.exp(scores[j] - max);
      scores[j] = (float) e;
      sum += e;
    }
    for (int j = at; j < at + n; j++) {
      scores[j] = (float) (scores[j] / sum);
    }
  }

  /**
   * From the derivatives by the contexts to those by queries and memory.
   *
   * @param dContexts dense. Not modified.
   * @param dQueries that by the queries is added. Modified.
   * @param gradient that by the parameters is added. Modified.
   */
  void backward(float[] dContexts, float[] dQueries, float[] gradient, Tape tape) {
    int rows = tape.sourceStarts[tape.sentences];
    tape.dMemory = Scratch.grown(tape.dMemory, rows * memorySize);
    tape.dKeys = Scratch.grown(tape.dKeys, rows * querySize);
    tape.dWeights = Scratch.grown(tape.dWeights, tape.weightStarts[tape.sentences]);
    Arrays.fill(tape.dMemory, 0, rows * memorySize, 0f);
    Arrays.fill(tape.dKeys, 0, rows * querySize, 0f);
    int queries = tape.starts[tape.sentences];
    if (isAdditive()) {
      tape.dProjected = Scratch.grown(tape.dProjected, queries * querySize);
      Arrays.fill(tape.dProjected, 0, queries * querySize, 0f);
    }
    for (int b = 0; b < tape.sentences; b++) {
      if (tape.count(b) > 0 && tape.steps(b) > 0) {
        weightsBackward(b, dContexts, tape);
        if (isAdditive()) {
          compareBackward(b, gradient, tape);
        } else {
          generalBackward(b, dQueries, tape);
        }
      }
    }
    if (isAdditive()) {
      add(queries, tape.queries, tape.dProjected, querySize, gradient, queryOffset, tape);
      product(
          queries,
          tape.dProjected,
          querySize,
          tape.queryTransposed,
          Addend.target(),
          dQueries,
          tape);
    }
    add(rows, tape.memory, tape.dKeys, memorySize, gradient, keyOffset, tape);
    product(rows, tape.dKeys, querySize, tape.keyTransposed, Addend.target(), tape.dMemory, tape);
  }

  /** gradient += X' D, X of so many columns. */
  private void add(
      int rows, float[] x, float[] d, int columns, float[] gradient, int offset, Tape tape) {
    tape.kernels.addTransposedProduct(
        rows,
        columns,
        querySize,
        x,
        0,
        columns,
        d,
        0,
        querySize,
        gradient,
        offset,
        querySize,
        tape.scratch);
  }

  /** From dc to dh and de of a sentence. */
  private void weightsBackward(int b, float[] dContexts, Tape tape) {
    int steps = tape.steps(b);
    int count = tape.count(b);
    int memory = tape.sourceStarts[b] * memorySize;
    int at = tape.weightStarts[b];
    tape.packed.packTransposed(memorySize, steps, tape.memory, memory, memorySize);
    multiply(count, dContexts, tape.starts[b], memorySize, tape.dWeights, at, tape);
    tape.kernels.addTransposedProduct(
        count,
        steps,
        memorySize,
        tape.weights,
        at,
        steps,
        dContexts,
        tape.starts[b] * memorySize,
        memorySize,
        tape.dMemory,
        memory,
        memorySize,
        tape.scratch);
    for (int r = 0; r < count; r++, at += steps) {
      double mean = 0;
      for (int j = at; j < at + steps; j++) {
        mean += (double) tape.weights[j] * tape.dWeights[j];
      }
      for (int j = at; j < at + steps; j++) {
        tape.dWeights[j] = (float) (tape.weights[j] * (tape.dWeights[j] - mean));
      }
    }
  }

  private void generalBackward(int b, float[] dQueries, Tape tape) {
    int steps = tape.steps(b);
    int count = tape.count(b);
    int keys = tape.sourceStarts[b] * querySize;
    int query = tape.starts[b] * querySize;
    int at = tape.weightStarts[b];
    tape.packed.pack(steps, querySize, tape.keys, keys, querySize);
    tape.kernels.multiply(
        count,
        tape.dWeights,
        at,
        steps,
        tape.packed,
        Addend.target(),
        dQueries,
        query,
        querySize,
        tape.scratch);
    tape.kernels.addTransposedProduct(
        count,
        steps,
        querySize,
        tape.dWeights,
        at,
        steps,
        tape.queries,
        query,
        querySize,
        tape.dKeys,
        keys,
        querySize,
        tape.scratch);
  }

  private void compareBackward(int b, float[] gradient, Tape tape) {
    int steps = tape.steps(b);
    int keys = tape.sourceStarts[b] * querySize;
    for (int r = 0; r < tape.count(b); r++) {
      hidden(b, r, tape);
      int query = (tape.starts[b] + r) * querySize;
      int at = tape.weightStarts[b] + r * steps;
      for (int j = 0; j < steps; j++) {
        float d = tape.dWeights[at + j];
        int row = j * querySize;
        for (int i = 0; i < querySize; i++) {
          float u = tape.hidden[row + i];
          gradient[scaleOffset + i] = Math.fma(d, u, gradient[scaleOffset + i]);
          float dHidden = d * tape.parameters[scaleOffset + i] * Math.fma(-u, u, 1f);
          tape.dProjected[query + i] += dHidden;
          tape.dKeys[keys + row + i] += dHidden;
        }
      }
    }
  }

  /**
   * Adds the derivatives by the source steps where they came from.
   *
   * @param dOutputs N x M in packed order. Modified.
   */
  void addToOutputs(PackedBatch batch, float[] dOutputs, Tape tape) {
    for (int b = 0; b < batch.size(); b++) {
      for (int t = 0; t < batch.length(b); t++) {
        int to = (batch.offset(t) + b) * memorySize;
        int from = (tape.sourceStarts[b] + t) * memorySize;
        tape.kernels.add(memorySize, tape.dMemory, from, dOutputs, to);
      }
    }
  }

  /** Scratch of one thread. */
  static final class Tape {
    private final Kernels kernels = Kernels.best();
    private final Scratch scratch = new Scratch();
    private final PackedMatrix packed = new PackedMatrix(kernels);
    private final PackedMatrix keyTransposed = new PackedMatrix(kernels);
    private final PackedMatrix queryTransposed = new PackedMatrix(kernels);
    private PackedMatrix keyKernel = new PackedMatrix(kernels);
    private PackedMatrix queryKernel = new PackedMatrix(kernels);
    private float[] parameters;
    private int sentences;
    private int[] sourceStarts = new int[1];
    private int[] starts;
    private int[] weightStarts = new int[1];
    private float[] queries;
    private float[] memory = new float[0];
    private float[] keys = new float[0];
    private float[] projected = new float[0];
    private float[] hidden = new float[0];
    private float[] weights = new float[0];
    private float[] dMemory = new float[0];
    private float[] dKeys = new float[0];
    private float[] dProjected = new float[0];
    private float[] dWeights = new float[0];

    /** Returns the number of queries of a sentence. */
    private int count(int b) {
      return starts[b + 1] - starts[b];
    }

    /** Returns the number of source steps of a sentence. */
    int steps(int b) {
      return sourceStarts[b + 1] - sourceStarts[b];
    }

    private void placeWeights() {
      weightStarts = Scratch.grown(weightStarts, sentences + 1);
      weightStarts[0] = 0;
      for (int b = 0; b < sentences; b++) {
        weightStarts[b + 1] = weightStarts[b] + count(b) * steps(b);
      }
      weights = Scratch.grown(weights, weightStarts[sentences]);
    }

    /** Returns the weight of source step j of sentence b for its r-th query. */
    float weight(int b, int r, int j) {
      return weights[weightStarts[b] + r * steps(b) + j];
    }

    void borrow(Tape other) {
      parameters = other.parameters;
      keyKernel = other.keyKernel;
      queryKernel = other.queryKernel;
    }
  }
}

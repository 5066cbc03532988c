package io.sparkrnn.train;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.nn.InputSpec;
import java.util.Arrays;

/**
 * Collects examples for a {@link PackedShard}, all of one kind: token ids or vectors, with a label
 * for each row or for each step. Not for several threads.
 */
public final class PackedShardBuilder {
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 16;
  private static final int FIRST_SIZE = 1024;

  private final int vectorSize;
  private int[] tokens = new int[0];
  private float[] vectors = new float[0];
  private int[] offsets = new int[16];
  private float[] labels = new float[16];
  private float[] weights = new float[16];
  private float[] stepLabels = new float[0];
  private boolean everyStep;
  private int rows;

  /** Creates a builder for sequences of token ids. */
  public PackedShardBuilder() {
    this(0);
  }

  private PackedShardBuilder(int vectorSize) {
    this.vectorSize = vectorSize;
  }

  /**
   * Creates a builder for sequences of vectors.
   *
   * @param vectorSize floats of a vector, at least 1
   */
  public static PackedShardBuilder ofVectors(int vectorSize) {
    Require.atLeast(1, "vectorSize", vectorSize);
    return new PackedShardBuilder(vectorSize);
  }

  /** Creates a builder for sequences that a network with this input reads. */
  public static PackedShardBuilder of(InputSpec input) {
    return input instanceof InputSpec.Vectors vectors
        ? ofVectors(vectors.size())
        : new PackedShardBuilder();
  }

  /** Creates a builder for steps of the same kind. */
  static PackedShardBuilder like(PackedShard shard) {
    return new PackedShardBuilder(shard.vectorSize());
  }

  /** Returns the number of rows so far. */
  public int rows() {
    return rows;
  }

  /** Returns the number of token ids, or of vectors, so far. */
  public int tokens() {
    return offsets[rows];
  }

  /** Returns how many ids, or floats, are held so far. */
  public long values() {
    return (long) offsets[rows] * Math.max(1, vectorSize);
  }

  /** Adds one example; {@code ids} is copied. Not modified. */
  public PackedShardBuilder add(int[] ids, float label, float weight) {
    return add(ids, 0, ids.length, label, weight);
  }

  /** Adds one example of the ids {@code ids[from .. to)}, which are copied. Not modified. */
  public PackedShardBuilder add(int[] ids, int from, int to, float label, float weight) {
    return addIds(ids, from, to, null, 0).end(to - from, label, weight);
  }

  /**
   * Adds one example of vectors.
   *
   * @param vectors steps x vectorSize, copied. Not modified.
   * @throws IllegalArgumentException if the floats are no whole vectors
   */
  public PackedShardBuilder add(float[] vectors, float label, float weight) {
    return add(vectors, 0, steps(vectors), label, weight);
  }

  /** Adds one example of the steps {@code from .. to} of {@code vectors}, copied. Not modified. */
  public PackedShardBuilder add(float[] vectors, int from, int to, float label, float weight) {
    return addVectors(vectors, from, to, null, 0).end(to - from, label, weight);
  }

  /**
   * Adds one example with a label for each step.
   *
   * @param ids token ids, copied. Not modified.
   * @param stepLabels as many, copied. Not modified.
   * @throws IllegalArgumentException if there are more or fewer labels, or rows before have one
   */
  public PackedShardBuilder addSteps(int[] ids, float[] stepLabels, float weight) {
    checkLabels(ids.length, stepLabels);
    return addIds(ids, 0, ids.length, stepLabels, 0).end(ids.length, 0, weight);
  }

  /**
   * Adds one example of vectors with a label for each.
   *
   * @param vectors steps x vectorSize, copied. Not modified.
   * @param stepLabels one per step, copied. Not modified.
   * @throws IllegalArgumentException if there are more or fewer labels, rows before have one, or
   *     the floats are no whole vectors
   */
  public PackedShardBuilder addSteps(float[] vectors, float[] stepLabels, float weight) {
    int steps = steps(vectors);
    checkLabels(steps, stepLabels);
    return addVectors(vectors, 0, steps, stepLabels, 0).end(steps, 0, weight);
  }

  /** Adds row {@code row} of {@code shard}. */
  public PackedShardBuilder addRow(PackedShard shard, int row) {
    int from = shard.offsets()[row];
    int to = shard.offsets()[row + 1];
    float[] given = shard.stepLabels().length > 0 ? shard.stepLabels() : null;
    if (shard.vectorSize() == 0) {
      addIds(shard.tokens(), from, to, given, from);
    } else {
      checkVectorSize(shard.vectorSize());
      addVectors(shard.vectors(), from, to, given, from);
    }
    return end(to - from, shard.labels()[row], shard.weights()[row]);
  }

  /** Adds all rows of {@code shard}, in their order. */
  public PackedShardBuilder addAll(PackedShard shard) {
    for (int row = 0; row < shard.rows(); row++) {
      addRow(shard, row);
    }
    return this;
  }

  /** Returns the examples added so far; the builder may be used on. */
  public PackedShard build() {
    int steps = offsets[rows];
    int[] starts = Arrays.copyOf(offsets, rows + 1);
    float[] rowLabels = Arrays.copyOf(labels, rows);
    float[] rowWeights = Arrays.copyOf(weights, rows);
    PackedShard shard =
        vectorSize == 0
            ? new PackedShard(Arrays.copyOf(tokens, steps), starts, rowLabels, rowWeights)
            : PackedShard.ofVectors(
                Arrays.copyOf(vectors, steps * vectorSize),
                vectorSize,
                starts,
                rowLabels,
                rowWeights);
    return everyStep ? shard.withStepLabels(Arrays.copyOf(stepLabels, steps)) : shard;
  }

  private int steps(float[] vectors) {
    checkVectorSize(vectorSize);
    if (vectors.length % vectorSize != 0) {
      throw new IllegalArgumentException(
          "vectors must have a multiple of %d floats, got %d"
              .formatted(vectorSize, vectors.length));
    }
    return vectors.length / vectorSize;
  }

  /** Refuses vectors of another size, and vectors among token ids. */
  private void checkVectorSize(int size) {
    if (vectorSize == 0 || vectorSize != size) {
      throw new IllegalArgumentException(
          vectorSize == 0
              ? "rows must be of token ids, got vectors; use ofVectors"
              : "rows must be of vectors of " + vectorSize + ", got vectors of " + size);
    }
  }

  private static void checkLabels(int steps, float[] labels) {
    if (labels.length != steps) {
      throw new IllegalArgumentException(
          "stepLabels must have " + steps + " steps, got " + labels.length);
    }
  }

  private PackedShardBuilder addIds(int[] ids, int from, int to, float[] given, int first) {
    if (vectorSize != 0) {
      throw new IllegalArgumentException(
          "rows must be of vectors of " + vectorSize + ", got token ids");
    }
    int start = reserve(to - from, given, first);
    System.arraycopy(ids, from, tokens, start, to - from);
    return this;
  }

  private PackedShardBuilder addVectors(
      float[] source, int from, int to, float[] given, int first) {
    checkVectorSize(vectorSize);
    int start = reserve(to - from, given, first);
    System.arraycopy(
        source, from * vectorSize, vectors, start * vectorSize, (to - from) * vectorSize);
    return this;
  }

  /** Makes room for a row, and takes the labels of its steps, if any; returns its start. */
  private int reserve(int steps, float[] given, int first) {
    int start = offsets[rows];
    if (steps > 0 && start > 0 && everyStep != (given != null)) {
      throw new IllegalArgumentException(
          everyStep
              ? "rows must have a label for each step like those before, got one label"
              : "rows must have one label like those before, got one for each step");
    }
    everyStep |= given != null;
    long needed = (long) start + steps;
    long values = needed * Math.max(1, vectorSize);
    if (values > MAX_ARRAY) {
      throw new IllegalStateException(
          "a shard must hold at most %d %s, got %d; use more shards"
              .formatted(MAX_ARRAY, vectorSize == 0 ? "token ids" : "floats", values));
    }
    if (vectorSize == 0) {
      tokens = values > tokens.length ? Arrays.copyOf(tokens, grown(values)) : tokens;
    } else {
      vectors = values > vectors.length ? Arrays.copyOf(vectors, grown(values)) : vectors;
    }
    if (given != null) {
      stepLabels =
          needed > stepLabels.length ? Arrays.copyOf(stepLabels, grown(needed)) : stepLabels;
      System.arraycopy(given, first, stepLabels, start, steps);
    }
    return start;
  }

  private static int grown(long needed) {
    return (int) Math.min(MAX_ARRAY, Math.max(FIRST_SIZE, 2 * needed));
  }

  private PackedShardBuilder end(int steps, float label, float weight) {
    if (rows + 1 == offsets.length) {
      int grown = (int) Math.min(MAX_ARRAY, 2L * offsets.length);
      offsets = Arrays.copyOf(offsets, grown);
      labels = Arrays.copyOf(labels, grown);
      weights = Arrays.copyOf(weights, grown);
    }
    labels[rows] = label;
    weights[rows] = weight;
    offsets[rows + 1] = offsets[rows] + steps;
    rows++;
    return this;
  }
}

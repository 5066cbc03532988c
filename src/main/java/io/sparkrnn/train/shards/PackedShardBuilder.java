package io.sparkrnn.train.shards;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.targets.TargetKind;
import io.sparkrnn.nn.targets.TargetsBuilder;
import java.util.Arrays;

/**
 * Collects examples for a {@link PackedShard}, all of one kind: token ids or vectors, with a label
 * for each row, one for each step, or a sequence of ids. Not for several threads.
 */
public final class PackedShardBuilder {
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 16;
  private static final int FIRST_SIZE = 1024;

  private final int vectorSize;
  private int[] tokens = new int[0];
  private float[] vectors = new float[0];
  private int[] offsets = new int[16];
  private float[] weights = new float[16];
  private final TargetsBuilder targets = new TargetsBuilder();
  private final NgramRows.Builder ngrams = new NgramRows.Builder();
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

  /** Returns how many ids and n-grams, or floats, are held so far. */
  public long values() {
    return (long) offsets[rows] * Math.max(1, vectorSize) + ngrams.size();
  }

  /** Adds one example; {@code ids} is copied. Not modified. */
  public PackedShardBuilder add(int[] ids, float label, float weight) {
    return add(ids, 0, ids.length, label, weight);
  }

  /** Adds one example of the ids {@code ids[from .. to)}, which are copied. Not modified. */
  public PackedShardBuilder add(int[] ids, int from, int to, float label, float weight) {
    addIds(TargetKind.SEQUENCE, ids, from, to);
    targets.add(label);
    return end(to - from, weight);
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
    addVectors(TargetKind.SEQUENCE, vectors, from, to);
    targets.add(label);
    return end(to - from, weight);
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
    addIds(TargetKind.STEP, ids, 0, ids.length);
    targets.addSteps(stepLabels, 0, ids.length);
    return end(ids.length, weight);
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
    addVectors(TargetKind.STEP, vectors, 0, steps);
    targets.addSteps(stepLabels, 0, steps);
    return end(steps, weight);
  }

  /**
   * Adds one example with a sequence of ids for its target.
   *
   * @param ids token ids, copied. Not modified.
   * @param target as many as there are, copied. Not modified.
   * @throws IllegalArgumentException if rows before have labels
   */
  public PackedShardBuilder addPair(int[] ids, int[] target, float weight) {
    addIds(TargetKind.IDS, ids, 0, ids.length);
    targets.addIds(target, 0, target.length);
    return end(ids.length, weight);
  }

  /**
   * Adds the ids {@code stream[from .. to)}, each with the one after it for its target.
   *
   * @param stream copied. Not modified.
   */
  public PackedShardBuilder addPart(int[] stream, int from, int to, float weight) {
    addIds(TargetKind.IDS, stream, from, to);
    targets.addIds(stream, from + (to > from ? 1 : 0), to + (to > from ? 1 : 0));
    return end(to - from, weight);
  }

  /**
   * Adds one example of vectors with a sequence of ids for its target.
   *
   * @param vectors steps x vectorSize, copied. Not modified.
   * @param target as many ids as there are, copied. Not modified.
   * @throws IllegalArgumentException if rows before have labels, or the floats are no whole vectors
   */
  public PackedShardBuilder addPair(float[] vectors, int[] target, float weight) {
    int steps = steps(vectors);
    addVectors(TargetKind.IDS, vectors, 0, steps);
    targets.addIds(target, 0, target.length);
    return end(steps, weight);
  }

  /**
   * Adds the n-grams of the example that was added last; either all examples have some or none.
   *
   * @param buckets ascending, each once, copied. Not modified.
   */
  public PackedShardBuilder addNgrams(int[] buckets) {
    ngrams.add(buckets, 0, buckets.length);
    return this;
  }

  /** Adds row {@code row} of {@code shard}. */
  public PackedShardBuilder addRow(PackedShard shard, int row) {
    TargetKind kind = shard.targets().kind();
    int from = shard.offsets()[row];
    int to = shard.offsets()[row + 1];
    if (shard.vectorSize() == 0) {
      addIds(kind, shard.tokens(), from, to);
    } else {
      checkVectorSize(shard.vectorSize());
      addVectors(kind, shard.vectors(), from, to);
    }
    targets.addRow(shard.targets(), row);
    ngrams.addRow(shard.ngrams(), row);
    return end(to - from, shard.weights()[row]);
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
    float[] rowWeights = Arrays.copyOf(weights, rows);
    if (vectorSize == 0) {
      int[] ids = Arrays.copyOf(tokens, steps);
      return new PackedShard(ids, starts, targets.build(starts), rowWeights)
          .withNgrams(ngrams.build(rows));
    }
    float[] floats = Arrays.copyOf(vectors, steps * vectorSize);
    return PackedShard.ofVectors(floats, vectorSize, starts, targets.build(starts), rowWeights);
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

  private void addIds(TargetKind kind, int[] ids, int from, int to) {
    if (vectorSize != 0) {
      throw new IllegalArgumentException(
          "rows must be of vectors of " + vectorSize + ", got token ids");
    }
    targets.check(kind);
    int size = sizeWith(to - from);
    tokens = size > tokens.length ? Arrays.copyOf(tokens, grown(size)) : tokens;
    System.arraycopy(ids, from, tokens, offsets[rows], to - from);
  }

  private void addVectors(TargetKind kind, float[] source, int from, int to) {
    checkVectorSize(vectorSize);
    targets.check(kind);
    int size = sizeWith(to - from);
    vectors = size > vectors.length ? Arrays.copyOf(vectors, grown(size)) : vectors;
    System.arraycopy(
        source, from * vectorSize, vectors, offsets[rows] * vectorSize, (to - from) * vectorSize);
  }

  /** Returns how many ids, or floats, there are with so many steps more. */
  private int sizeWith(int steps) {
    long values = ((long) offsets[rows] + steps) * Math.max(1, vectorSize);
    if (values > MAX_ARRAY) {
      throw new IllegalStateException(
          "a shard must hold at most %d %s, got %d; use more shards"
              .formatted(MAX_ARRAY, vectorSize == 0 ? "token ids" : "floats", values));
    }
    return (int) values;
  }

  private static int grown(long needed) {
    return (int) Math.min(MAX_ARRAY, Math.max(FIRST_SIZE, 2 * needed));
  }

  private PackedShardBuilder end(int steps, float weight) {
    if (rows + 1 == offsets.length) {
      int grown = (int) Math.min(MAX_ARRAY, 2L * offsets.length);
      offsets = Arrays.copyOf(offsets, grown);
      weights = Arrays.copyOf(weights, grown);
    }
    weights[rows] = weight;
    offsets[rows + 1] = offsets[rows] + steps;
    rows++;
    return this;
  }
}

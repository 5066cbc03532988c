package io.sparkrnn.train.shards;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.targets.SequenceTargets;
import io.sparkrnn.nn.targets.Targets;
import io.sparkrnn.nn.targets.WindowTargets;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Examples as a few primitive arrays: sequence r is the steps {@code offsets[r] .. offsets[r + 1]},
 * each of them a token id or a vector, and has its targets and its weight.
 *
 * <p>Immutable by convention: the accessors hand out the arrays themselves, which callers do not
 * modify. May be shared by threads and travels as it is between machines.
 */
public final class PackedShard implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] tokens;
  private final float[] vectors;
  private final int vectorSize;
  private final int[] offsets;
  private final Targets targets;
  private final float[] weights;
  private final NgramRows ngrams;

  /**
   * Wraps sequences of token ids with a label each, without copying the arrays.
   *
   * @param tokens token ids of all sequences, one after another. Not modified.
   * @param offsets rows + 1 starts, ascending from 0 to {@code tokens.length}. Not modified.
   * @param labels rows labels. Not modified.
   * @param weights rows example weights. Not modified.
   * @throws IllegalArgumentException if the arrays do not fit each other
   */
  public PackedShard(int[] tokens, int[] offsets, float[] labels, float[] weights) {
    this(tokens, offsets, new SequenceTargets(labels), weights);
  }

  /**
   * Wraps sequences of token ids, without copying the arrays.
   *
   * @param tokens token ids of all sequences, one after another. Not modified.
   * @param offsets rows + 1 starts, ascending from 0 to {@code tokens.length}. Not modified.
   * @param targets of as many rows
   * @param weights rows example weights. Not modified.
   * @throws IllegalArgumentException if the arrays do not fit each other
   */
  public PackedShard(int[] tokens, int[] offsets, Targets targets, float[] weights) {
    this(tokens, new float[0], 0, offsets, targets, weights, NgramRows.none());
  }

  private PackedShard(
      int[] tokens,
      float[] vectors,
      int vectorSize,
      int[] offsets,
      Targets targets,
      float[] weights,
      NgramRows ngrams) {
    this.tokens = Objects.requireNonNull(tokens, "tokens");
    this.vectors = Objects.requireNonNull(vectors, "vectors");
    this.vectorSize = vectorSize;
    this.offsets = Objects.requireNonNull(offsets, "offsets");
    this.targets = Objects.requireNonNull(targets, "targets");
    this.weights = Objects.requireNonNull(weights, "weights");
    this.ngrams = Objects.requireNonNull(ngrams, "ngrams");
    int rows = offsets.length - 1;
    int steps = vectorSize == 0 ? tokens.length : vectors.length / vectorSize;
    if (targets instanceof WindowTargets && rows >= 0) {
      steps = offsets[rows]; // the same step may be in many windows
    }
    if (rows < 0 || offsets[0] != 0 || offsets[rows] != steps) {
      throw new IllegalArgumentException(
          "offsets must run from 0 to " + steps + ", got " + ends(offsets));
    }
    targets.check(offsets);
    if (weights.length != rows) {
      throw new IllegalArgumentException(
          "weights must have " + rows + " rows, got " + weights.length);
    }
  }

  private static String ends(int[] offsets) {
    return offsets.length == 0 ? "none" : offsets[0] + " to " + offsets[offsets.length - 1];
  }

  /**
   * Wraps sequences of vectors, without copying the arrays.
   *
   * @param vectors steps of all sequences, {@code vectorSize} floats each. Not modified.
   * @param vectorSize floats of a vector
   * @param offsets rows + 1 starts, ascending from 0 to the number of steps. Not modified.
   * @param targets of as many rows
   * @param weights rows example weights. Not modified.
   * @throws IllegalArgumentException if the arrays do not fit each other
   */
  public static PackedShard ofVectors(
      float[] vectors, int vectorSize, int[] offsets, Targets targets, float[] weights) {
    Require.atLeast(1, "vectorSize", vectorSize);
    if (vectors.length % vectorSize != 0) {
      throw new IllegalArgumentException(
          "vectors must have a multiple of %d floats, got %d"
              .formatted(vectorSize, vectors.length));
    }
    return new PackedShard(
        new int[0], vectors, vectorSize, offsets, targets, weights, NgramRows.none());
  }

  /**
   * Wraps windows of series, which overlap: a step stands in the shard once.
   *
   * @param windows what is read and what comes after. Not copied, not modified.
   * @throws IllegalStateException if there are more than a shard can hold
   */
  public static PackedShard ofWindows(WindowTargets windows) {
    int[] offsets = new int[windows.rows() + 1];
    long all = (long) windows.rows() * windows.inputSteps();
    if (all > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "a shard must hold at most %d steps of windows, got %d; use more shards"
              .formatted(Integer.MAX_VALUE, all));
    }
    Arrays.setAll(offsets, row -> row * windows.inputSteps());
    float[] weights = new float[windows.rows()];
    Arrays.fill(weights, 1);
    return new PackedShard(
        new int[0],
        windows.steps(),
        windows.inputSize(),
        offsets,
        windows,
        weights,
        NgramRows.none());
  }

  /** Returns a shard without rows. */
  public static PackedShard empty() {
    return new PackedShard(new int[0], new int[] {0}, new float[0], new float[0]);
  }

  /** Returns the number of sequences. */
  public int rows() {
    return offsets.length - 1;
  }

  /** Returns the number of steps of all sequences. */
  public int steps() {
    return offsets[rows()];
  }

  /** Returns the ids of all sequences, one after another; none for vectors. */
  public int[] tokens() {
    return tokens;
  }

  /**
   * Returns the vectors of all sequences, steps x vectorSize; none for token ids. Of windows, the
   * steps of their series.
   */
  public float[] vectors() {
    return vectors;
  }

  /** Returns the floats of a vector, 0 for token ids. */
  public int vectorSize() {
    return vectorSize;
  }

  /** Returns the rows + 1 starts of the sequences. */
  public int[] offsets() {
    return offsets;
  }

  /** Returns what the rows are trained on. */
  public Targets targets() {
    return targets;
  }

  /** Returns the label of each row, or of each step; none when targets are ids. */
  public float[] labels() {
    return targets.values();
  }

  /** Returns the weight of each row. */
  public float[] weights() {
    return weights;
  }

  /** Returns the n-grams of each row; those of no row unless the rows are texts and have some. */
  public NgramRows ngrams() {
    return ngrams;
  }

  /**
   * Returns the same rows with other labels, one each.
   *
   * @param labels Not copied, not modified.
   */
  public PackedShard withLabels(float[] labels) {
    Targets other = new SequenceTargets(labels);
    other.check(offsets);
    return new PackedShard(tokens, vectors, vectorSize, offsets, other, weights, ngrams);
  }

  /** Returns the same rows with other weights, which are not copied; all else is shared. */
  public PackedShard withWeights(float[] weights) {
    return new PackedShard(tokens, vectors, vectorSize, offsets, targets, weights, ngrams);
  }

  /** Returns the same rows with n-grams, which are not copied; all else is shared. */
  PackedShard withNgrams(NgramRows ngrams) {
    return new PackedShard(tokens, vectors, vectorSize, offsets, targets, weights, ngrams);
  }

  /** Returns the number of steps of sequence {@code row}. */
  public int length(int row) {
    return offsets[row + 1] - offsets[row];
  }

  /** Returns the number of steps of the longest sequence, 0 without rows. */
  public int maxLength() {
    int longest = 0;
    for (int row = 0; row < rows(); row++) {
      longest = Math.max(longest, length(row));
    }
    return longest;
  }

  /** Returns the rows, the shortest first, those of one length in their order. */
  public int[] byLength() {
    long[] keys = new long[rows()];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = (long) length(row) << 32 | row;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  /** Returns a shard of the rows {@code order[0], order[1], ...} of this one. */
  public PackedShard select(int[] order) {
    if (targets instanceof WindowTargets windows) {
      return ofWindows(windows.select(order));
    }
    PackedShardBuilder builder = PackedShardBuilder.like(this);
    for (int row : order) {
      builder.addRow(this, row);
    }
    return builder.build();
  }

  /**
   * Checks that these rows are what a network reads and, with labels, is trained on.
   *
   * @throws IllegalArgumentException if they are not
   */
  public void check(NetworkSpec network, boolean labelled) {
    int wanted = network.input() instanceof InputSpec.Vectors ? network.input().size() : 0;
    if (rows() > 0 && vectorSize != wanted) {
      throw new IllegalArgumentException(
          "the network reads " + kind(wanted) + ", got a shard of " + kind(vectorSize));
    }
    if (labelled && rows() > 0) {
      network.head().checkTargets(targets.kind(), "shard");
    }
  }

  private static String kind(int vectorSize) {
    return vectorSize == 0 ? "token ids" : "vectors of " + vectorSize;
  }

  /**
   * Puts a batch together.
   *
   * @param batch Modified.
   * @param labelled whether with targets and weights
   * @param rows rows of this shard. Not modified.
   */
  public void assemble(PackedBatch batch, boolean labelled, int[] rows, int from, int to) {
    if (targets instanceof WindowTargets windows) {
      batch.assembleWindows(windows, offsets, rows, from, to);
    } else if (vectorSize == 0) {
      batch.assemble(tokens, offsets, rows, from, to);
    } else {
      batch.assembleVectors(vectors, vectorSize, offsets, rows, from, to);
    }
    if (labelled) {
      batch.setTargets(targets, weights);
    }
  }

  /**
   * Compares steps, targets, weight and n-grams of a row here with a row there; 0 means the same
   * example.
   */
  int compareRows(int row, PackedShard other, int otherRow) {
    if (targets instanceof WindowTargets) {
      return targets.compareRows(row, other.targets, otherRow);
    }
    int from = offsets[row];
    int to = offsets[row + 1];
    int otherFrom = other.offsets[otherRow];
    int otherTo = other.offsets[otherRow + 1];
    int order =
        vectorSize == 0
            ? Arrays.compare(tokens, from, to, other.tokens, otherFrom, otherTo)
            : Arrays.compare(
                vectors,
                from * vectorSize,
                to * vectorSize,
                other.vectors,
                otherFrom * vectorSize,
                otherTo * vectorSize);
    if (order == 0) {
      order = targets.compareRows(row, other.targets, otherRow);
    }
    if (order == 0) {
      order = Float.compare(weights[row], other.weights[otherRow]);
    }
    return order != 0 ? order : ngrams.compareRows(row, other.ngrams, otherRow);
  }
}

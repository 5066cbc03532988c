package io.sparkrnn.train;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.Pooling;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Examples as a few primitive arrays: sequence r is the steps {@code offsets[r] .. offsets[r + 1]},
 * each of them a token id or a vector; perhaps with a label for each step.
 *
 * <p>Immutable by convention: the accessors hand out the arrays themselves, which callers do not
 * modify. May be shared by threads and travels as it is between machines.
 */
public final class PackedShard implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final float[] NONE = {};

  private final int[] tokens;
  private final float[] vectors;
  private final int vectorSize;
  private final int[] offsets;
  private final float[] labels;
  private final float[] weights;
  private final float[] stepLabels;

  /**
   * Wraps sequences of token ids, without copying the arrays.
   *
   * @param tokens token ids of all sequences, one after another. Not modified.
   * @param offsets rows + 1 starts, ascending from 0 to {@code tokens.length}. Not modified.
   * @param labels rows labels. Not modified.
   * @param weights rows example weights. Not modified.
   * @throws IllegalArgumentException if the arrays do not fit each other
   */
  public PackedShard(int[] tokens, int[] offsets, float[] labels, float[] weights) {
    this(tokens, NONE, 0, offsets, labels, weights, NONE);
  }

  private PackedShard(
      int[] tokens,
      float[] vectors,
      int vectorSize,
      int[] offsets,
      float[] labels,
      float[] weights,
      float[] stepLabels) {
    this.tokens = Objects.requireNonNull(tokens, "tokens");
    this.vectors = Objects.requireNonNull(vectors, "vectors");
    this.vectorSize = vectorSize;
    this.offsets = Objects.requireNonNull(offsets, "offsets");
    this.labels = Objects.requireNonNull(labels, "labels");
    this.weights = Objects.requireNonNull(weights, "weights");
    this.stepLabels = Objects.requireNonNull(stepLabels, "stepLabels");
    int rows = offsets.length - 1;
    int steps = vectorSize == 0 ? tokens.length : vectors.length / vectorSize;
    if (rows < 0 || offsets[0] != 0 || offsets[rows] != steps) {
      throw new IllegalArgumentException(
          "offsets must run from 0 to " + steps + ", got " + ends(offsets));
    }
    if (labels.length != rows || weights.length != rows) {
      throw new IllegalArgumentException(
          "labels and weights must have "
              + rows
              + " rows, got "
              + labels.length
              + " and "
              + weights.length);
    }
    if (stepLabels.length != 0 && stepLabels.length != steps) {
      throw new IllegalArgumentException(
          "stepLabels must have 0 or " + steps + " steps, got " + stepLabels.length);
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
   * @param labels rows labels. Not modified.
   * @param weights rows example weights. Not modified.
   * @throws IllegalArgumentException if the arrays do not fit each other
   */
  public static PackedShard ofVectors(
      float[] vectors, int vectorSize, int[] offsets, float[] labels, float[] weights) {
    Require.atLeast(1, "vectorSize", vectorSize);
    if (vectors.length % vectorSize != 0) {
      throw new IllegalArgumentException(
          "vectors must have a multiple of %d floats, got %d"
              .formatted(vectorSize, vectors.length));
    }
    return new PackedShard(new int[0], vectors, vectorSize, offsets, labels, weights, NONE);
  }

  /**
   * Returns the same rows with a label for each step, for a head at every step; all arrays are
   * shared.
   *
   * @param stepLabels labels of all steps, as {@link #offsets} say. Not modified.
   * @throws IllegalArgumentException if their number is not that of the steps
   */
  public PackedShard withStepLabels(float[] stepLabels) {
    return new PackedShard(tokens, vectors, vectorSize, offsets, labels, weights, stepLabels);
  }

  /** Returns a shard without rows. */
  public static PackedShard empty() {
    return new PackedShard(new int[0], new int[] {0}, new float[0], new float[0]);
  }

  /** Returns the number of sequences. */
  public int rows() {
    return labels.length;
  }

  /** Returns the number of steps of all sequences. */
  public int steps() {
    return offsets[rows()];
  }

  /** Returns the ids of all sequences, one after another; none for vectors. */
  public int[] tokens() {
    return tokens;
  }

  /** Returns the vectors of all sequences, steps x vectorSize; none for token ids. */
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

  /** Returns the label of each row. */
  public float[] labels() {
    return labels;
  }

  /** Returns the weight of each row. */
  public float[] weights() {
    return weights;
  }

  /** Returns the label of each step; none when only rows have labels. */
  public float[] stepLabels() {
    return stepLabels;
  }

  /** Returns the same rows with other weights, which are not copied; all else is shared. */
  PackedShard withWeights(float[] weights) {
    return new PackedShard(tokens, vectors, vectorSize, offsets, labels, weights, stepLabels);
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

  /** Returns a shard of the rows {@code order[0], order[1], ...} of this one. */
  public PackedShard select(int[] order) {
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
  void check(NetworkSpec network, boolean labelled) {
    int wanted = network.input() instanceof InputSpec.Vectors ? network.input().size() : 0;
    if (rows() > 0 && vectorSize != wanted) {
      throw new IllegalArgumentException(
          "the network reads " + kind(wanted) + ", got a shard of " + kind(vectorSize));
    }
    boolean everyStep = network.head().pooling() == Pooling.EVERY_STEP;
    if (labelled && steps() > 0 && everyStep != stepLabels.length > 0) {
      throw new IllegalArgumentException(
          everyStep
              ? "a head at every step needs a label for each step, got a shard without; use addSteps"
              : "pooling %s needs a label for each row, got a shard with labels of steps"
                  .formatted(network.head().pooling()));
    }
  }

  private static String kind(int vectorSize) {
    return vectorSize == 0 ? "token ids" : "vectors of " + vectorSize;
  }

  /**
   * Puts a batch together.
   *
   * @param batch Modified.
   * @param labelled whether with labels and weights
   * @param rows rows of this shard. Not modified.
   */
  void assemble(PackedBatch batch, boolean labelled, int[] rows, int from, int to) {
    float[] rowLabels = labelled ? labels : null;
    float[] rowWeights = labelled ? weights : null;
    if (vectorSize == 0) {
      batch.assemble(tokens, offsets, rowLabels, rowWeights, rows, from, to);
    } else {
      batch.assembleVectors(vectors, vectorSize, offsets, rowLabels, rowWeights, rows, from, to);
    }
    if (labelled && stepLabels.length == steps()) {
      batch.labelSteps(stepLabels, null, offsets);
    }
  }

  /** Compares steps, labels and weight of a row here with a row there; 0 means the same example. */
  int compareRows(int row, PackedShard other, int otherRow) {
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
    if (order == 0 && stepLabels.length > 0) {
      order = Arrays.compare(stepLabels, from, to, other.stepLabels, otherFrom, otherTo);
    }
    if (order == 0) {
      order = Float.compare(labels[row], other.labels[otherRow]);
    }
    return order != 0 ? order : Float.compare(weights[row], other.weights[otherRow]);
  }
}

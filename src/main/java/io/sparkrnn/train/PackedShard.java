package io.sparkrnn.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Examples as a few primitive arrays: sequence r is {@code tokens[offsets[r] .. offsets[r + 1])}.
 *
 * <p>Immutable by convention: the accessors hand out the arrays themselves, which callers do not
 * modify. May be shared by threads and travels as it is between machines.
 */
public final class PackedShard implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] tokens;
  private final int[] offsets;
  private final float[] labels;
  private final float[] weights;

  /**
   * Wraps arrays without copying them.
   *
   * @param tokens token ids of all sequences, one after another. Not modified.
   * @param offsets rows + 1 starts, ascending from 0 to {@code tokens.length}. Not modified.
   * @param labels rows labels. Not modified.
   * @param weights rows example weights. Not modified.
   * @throws IllegalArgumentException if the arrays do not fit each other
   */
  public PackedShard(int[] tokens, int[] offsets, float[] labels, float[] weights) {
    this.tokens = Objects.requireNonNull(tokens, "tokens");
    this.offsets = Objects.requireNonNull(offsets, "offsets");
    this.labels = Objects.requireNonNull(labels, "labels");
    this.weights = Objects.requireNonNull(weights, "weights");
    int rows = offsets.length - 1;
    if (rows < 0 || offsets[0] != 0 || offsets[rows] != tokens.length) {
      throw new IllegalArgumentException(
          "offsets must run from 0 to " + tokens.length + ", got " + ends(offsets));
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
  }

  private static String ends(int[] offsets) {
    return offsets.length == 0 ? "none" : offsets[0] + " to " + offsets[offsets.length - 1];
  }

  /** Returns a shard without rows. */
  public static PackedShard empty() {
    return new PackedShard(new int[0], new int[] {0}, new float[0], new float[0]);
  }

  /** Returns the number of sequences. */
  public int rows() {
    return labels.length;
  }

  /** Returns the ids of all sequences, one after another. */
  public int[] tokens() {
    return tokens;
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

  /** Returns the same rows with other weights, which are not copied; all else is shared. */
  PackedShard withWeights(float[] weights) {
    return new PackedShard(tokens, offsets, labels, weights);
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
    PackedShardBuilder builder = new PackedShardBuilder();
    for (int row : order) {
      builder.addRow(this, row);
    }
    return builder.build();
  }

  /** Compares ids, label and weight of a row here with a row there; 0 means the same example. */
  int compareRows(int row, PackedShard other, int otherRow) {
    int order =
        Arrays.compare(
            tokens,
            offsets[row],
            offsets[row + 1],
            other.tokens,
            other.offsets[otherRow],
            other.offsets[otherRow + 1]);
    if (order == 0) {
      order = Float.compare(labels[row], other.labels[otherRow]);
    }
    return order != 0 ? order : Float.compare(weights[row], other.weights[otherRow]);
  }
}

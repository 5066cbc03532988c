package io.sparkrnn.train;

import java.util.Arrays;

/** Collects examples for a {@link PackedShard}; not for several threads. */
public final class PackedShardBuilder {
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 16;

  private int[] tokens = new int[1024];
  private int[] offsets = new int[16];
  private float[] labels = new float[16];
  private float[] weights = new float[16];
  private int rows;

  /** Returns the number of rows so far. */
  public int rows() {
    return rows;
  }

  /** Returns the number of token ids so far. */
  public int tokens() {
    return offsets[rows];
  }

  /** Adds one example; {@code ids} is copied. Not modified. */
  public PackedShardBuilder add(int[] ids, float label, float weight) {
    return add(ids, 0, ids.length, label, weight);
  }

  /** Adds one example of the ids {@code ids[from .. to)}, which are copied. Not modified. */
  public PackedShardBuilder add(int[] ids, int from, int to, float label, float weight) {
    int start = offsets[rows];
    reserve((long) start + to - from);
    System.arraycopy(ids, from, tokens, start, to - from);
    labels[rows] = label;
    weights[rows] = weight;
    offsets[++rows] = start + to - from;
    return this;
  }

  /** Adds row {@code row} of {@code shard}. */
  public PackedShardBuilder addRow(PackedShard shard, int row) {
    int[] offsets = shard.offsets();
    return add(
        shard.tokens(), offsets[row], offsets[row + 1], shard.labels()[row], shard.weights()[row]);
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
    return new PackedShard(
        Arrays.copyOf(tokens, offsets[rows]),
        Arrays.copyOf(offsets, rows + 1),
        Arrays.copyOf(labels, rows),
        Arrays.copyOf(weights, rows));
  }

  private void reserve(long needed) {
    if (needed > MAX_ARRAY) {
      throw new IllegalStateException(
          "a shard must hold at most "
              + MAX_ARRAY
              + " token ids, got "
              + needed
              + "; use more shards");
    }
    if (needed > tokens.length) {
      tokens =
          Arrays.copyOf(tokens, (int) Math.min(MAX_ARRAY, Math.max(needed, 2L * tokens.length)));
    }
    if (rows + 1 == offsets.length) {
      int grown = (int) Math.min(MAX_ARRAY, 2L * offsets.length);
      offsets = Arrays.copyOf(offsets, grown);
      labels = Arrays.copyOf(labels, grown);
      weights = Arrays.copyOf(weights, grown);
    }
  }
}

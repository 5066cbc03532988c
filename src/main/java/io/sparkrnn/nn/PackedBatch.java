package io.sparkrnn.nn;

import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.recurrent.DistinctIds;
import io.sparkrnn.nn.targets.BatchTargets;
import io.sparkrnn.nn.targets.PackedOrder;
import io.sparkrnn.nn.targets.StepTargets;
import io.sparkrnn.nn.targets.Targets;
import io.sparkrnn.nn.targets.WindowTargets;
import java.util.Arrays;

/**
 * A batch of sequences, time-major and packed: rows sorted by length, longest first, and step t
 * holding only the rows that are at least t + 1 long. Step t of packed row b stands at {@code
 * offset(t) + b}; there is no padding and no mask.
 *
 * <p>Reusable: {@link #assemble} replaces the content and keeps the memory. Not thread-safe.
 */
public final class PackedBatch implements PackedOrder {
  private int size;
  private int steps;
  private int tokens;
  private int[] rows = new int[0];
  private int[] positions = new int[0];
  private int[] lengths = new int[0];
  private int[] offsets = new int[1];
  private int[] ids = new int[0];
  private float[] vectors = new float[0];
  private int vectorSize;
  private final BatchTargets targets = new BatchTargets(this);
  private int[] reversed = new int[0];
  private boolean reversedKnown;
  private int[] counts = new int[1];
  private final DistinctIds distinct = new DistinctIds();
  private boolean distinctKnown;

  /** Creates an empty batch. */
  public PackedBatch() {}

  /**
   * Takes rows of a shard, sorted by length (stable), without targets.
   *
   * @param tokens ids of all sequences of the shard. Not modified.
   * @param offsets sequence r is {@code tokens[offsets[r] .. offsets[r + 1])}. Not modified.
   * @param selected row numbers in the shard. Not modified.
   * @param from first index of {@code selected}
   * @param to end index of {@code selected}
   */
  public void assemble(int[] tokens, int[] offsets, int[] selected, int from, int to) {
    sort(offsets, selected, from, to);
    ids = Scratch.grown(ids, this.tokens);
    vectorSize = 0;
    for (int b = 0; b < size; b++) {
      int start = offsets[rows[b]];
      for (int t = 0; t < lengths[b]; t++) {
        ids[this.offsets[t] + b] = tokens[start + t];
      }
    }
    distinctKnown = false;
  }

  /**
   * Takes rows of vector sequences, sorted by length (stable), without targets.
   *
   * @param values steps of all sequences, {@code width} floats each. Not modified.
   * @param width floats per step
   * @param offsets sequence r is the steps offsets[r] .. offsets[r + 1]. Not modified.
   */
  public void assembleVectors(
      float[] values, int width, int[] offsets, int[] selected, int from, int to) {
    sort(offsets, selected, from, to);
    vectorSize = width;
    if (vectors.length < tokens * width) {
      vectors = new float[tokens * width];
    }
    for (int b = 0; b < size; b++) {
      int start = offsets[rows[b]];
      for (int t = 0; t < lengths[b]; t++) {
        System.arraycopy(
            values, (start + t) * width, vectors, (this.offsets[t] + b) * width, width);
      }
    }
  }

  /**
   * Takes windows of series, without targets.
   *
   * @param windows of all rows of the shard. Not modified.
   * @param offsets as if the windows stood one after another. Not modified.
   */
  public void assembleWindows(
      WindowTargets windows, int[] offsets, int[] selected, int from, int to) {
    sort(offsets, selected, from, to);
    vectorSize = windows.inputSize();
    if (vectors.length < tokens * vectorSize) {
      vectors = new float[tokens * vectorSize];
    }
    for (int b = 0; b < size; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        windows.copyStep(rows[b], t, vectors, (this.offsets[t] + b) * vectorSize);
      }
    }
  }

  /**
   * Takes rows of another batch in its packed order, without what an input layer has read already:
   * ids and vectors.
   *
   * @param batch Not modified.
   * @param first first packed row
   * @param count number of rows
   */
  void slice(PackedBatch batch, int first, int count) {
    size = count;
    rows = Scratch.grown(rows, size);
    positions = Scratch.grown(positions, size);
    lengths = Scratch.grown(lengths, size);
    System.arraycopy(batch.rows, first, rows, 0, size);
    System.arraycopy(batch.positions, first, positions, 0, size);
    System.arraycopy(batch.lengths, first, lengths, 0, size);
    steps = size == 0 ? 0 : lengths[0];
    layOut();
    targets.take(batch.targets);
    distinctKnown = false;
  }

  private void sort(int[] sourceOffsets, int[] selected, int from, int to) {
    targets.take(null, null, null);
    size = to - from;
    rows = Scratch.grown(rows, size);
    positions = Scratch.grown(positions, size);
    lengths = Scratch.grown(lengths, size);
    steps = 0;
    for (int i = from; i < to; i++) {
      steps = Math.max(steps, sourceOffsets[selected[i] + 1] - sourceOffsets[selected[i]]);
    }
    // counting sort by length, descending and stable
    counts = Scratch.grown(counts, steps + 2);
    Arrays.fill(counts, 0, steps + 2, 0);
    for (int i = from; i < to; i++) {
      counts[steps - length(sourceOffsets, selected[i]) + 1]++;
    }
    for (int l = 1; l <= steps; l++) {
      counts[l] += counts[l - 1];
    }
    for (int i = from; i < to; i++) {
      int place = counts[steps - length(sourceOffsets, selected[i])]++;
      rows[place] = selected[i];
      positions[place] = i - from;
      lengths[place] = length(sourceOffsets, selected[i]);
    }
    layOut();
  }

  /** From the lengths, longest first, to where each step stands. */
  private void layOut() {
    offsets = Scratch.grown(offsets, steps + 1);
    tokens = 0;
    for (int t = 0, live = size; t < steps; t++) {
      while (lengths[live - 1] <= t) {
        live--;
      }
      offsets[t] = tokens;
      tokens += live;
    }
    offsets[steps] = tokens;
    reversedKnown = false;
  }

  private static int length(int[] offsets, int row) {
    return offsets[row + 1] - offsets[row];
  }

  /**
   * Gives the rows their targets, after the batch was assembled.
   *
   * @param source of all rows of the shard. Not modified while the batch holds its rows.
   * @param weights one per row of the shard, or null for 1. Likewise.
   */
  public void setTargets(Targets source, float[] weights) {
    targets.take(source, weights, null);
  }

  /**
   * Gives the steps of the rows their targets, after the batch was assembled.
   *
   * @param source of all steps of the shard. Not modified while the batch holds its rows.
   * @param weights one per row of the shard, or null for 1. Likewise.
   * @param stepWeights one per step of the shard; a step counts its row's weight times its own.
   *     Likewise.
   */
  public void setTargets(StepTargets source, float[] weights, float[] stepWeights) {
    targets.take(source, weights, stepWeights);
  }

  /**
   * Says which rows of the shard these are, when they were assembled from a part that was copied.
   *
   * @param selected row numbers in the shard, that at {@code from + position(b)} for packed row b.
   *     Not modified.
   */
  void renumber(int[] selected, int from) {
    for (int b = 0; b < size; b++) {
      rows[b] = selected[from + positions[b]];
    }
  }

  /**
   * Brings values of the N steps into the caller's order: all steps of the first row that the batch
   * was assembled from, then those of the second.
   *
   * @param packed N x width in packed order. Not modified.
   * @param width values per step
   * @param target N x width. Modified.
   */
  public void unpackSteps(float[] packed, int width, float[] target) {
    int[] starts = new int[size + 1];
    for (int b = 0; b < size; b++) {
      starts[positions[b] + 1] = lengths[b];
    }
    for (int row = 1; row <= size; row++) {
      starts[row] += starts[row - 1];
    }
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < live(t); b++) {
        int to = (starts[positions[b]] + t) * width;
        System.arraycopy(packed, (offsets[t] + b) * width, target, to, width);
      }
    }
  }

  /** Returns B, the number of sequences. */
  @Override
  public int size() {
    return size;
  }

  /** Returns T, the length of the longest sequence. */
  public int steps() {
    return steps;
  }

  /** Returns N, the number of steps of all sequences. */
  @Override
  public int tokens() {
    return tokens;
  }

  /** Returns the shard's row number of packed row {@code b}. */
  @Override
  public int row(int b) {
    return rows[b];
  }

  /** Returns which of the selected rows, counted from 0, packed row {@code b} is. */
  public int position(int b) {
    return positions[b];
  }

  /** Returns the length of packed row {@code b}. */
  @Override
  public int length(int b) {
    return lengths[b];
  }

  /** Returns where step {@code t} starts among the N steps. */
  @Override
  public int offset(int t) {
    return offsets[t];
  }

  /** Returns the number of rows at step {@code t}; 0 at or after the last step. */
  public int live(int t) {
    return t < steps ? offsets[t + 1] - offsets[t] : 0;
  }

  /** Returns the targets of the rows, of no kind when they have none. */
  public BatchTargets targets() {
    return targets;
  }

  int[] ids() {
    return ids;
  }

  /** Returns the width of the batch's vectors, 0 for token ids. */
  int vectorSize() {
    return vectorSize;
  }

  float[] vectors() {
    return vectors;
  }

  /** Returns the distinct ids of the batch, which has no vectors. */
  public DistinctIds distinct() {
    if (!distinctKnown) {
      distinct.find(ids, tokens);
      distinctKnown = true;
    }
    return distinct;
  }

  /**
   * Returns for each of the N steps where the same sequence's step counted from its end stands; not
   * a copy.
   */
  public int[] reversed() {
    if (!reversedKnown) {
      reversed = Scratch.grown(reversed, tokens);
      for (int t = 0; t < steps; t++) {
        for (int b = 0; b < live(t); b++) {
          reversed[offsets[t] + b] = offsets[lengths[b] - 1 - t] + b;
        }
      }
      reversedKnown = true;
    }
    return reversed;
  }
}

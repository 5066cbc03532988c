package io.sparkrnn.train.batches;

import io.sparkrnn.train.shards.PackedShard;
import java.util.Arrays;

/**
 * Deals the rows of a batch to a number of chunks, so that every chunk has about the same number of
 * steps: the longest row first, each to the chunk that has the fewest so far.
 *
 * <p>A pure function of the rows' lengths and order. Scratch: reused from batch to batch, one per
 * thread.
 */
final class BatchChunks {
  private long[] load = new long[0];
  private int[] starts = new int[1];
  private long[] keys = new long[0];
  private int[] chunkOf = new int[0];
  private int[] rows = new int[0];

  /**
   * Deals {@code rows[from .. to)} to {@code count} chunks.
   *
   * @param rows rows of the shard. Not modified.
   */
  void deal(PackedShard shard, int[] rows, int from, int to, int count) {
    int size = to - from;
    resize(size, count);
    for (int i = 0; i < size; i++) {
      keys[i] = (long) -shard.length(rows[from + i]) << 32 | i;
    }
    Arrays.sort(keys, 0, size);
    Arrays.fill(load, 0);
    Arrays.fill(starts, 0);
    for (int k = 0; k < size; k++) {
      int i = (int) keys[k];
      int chunk = lightest();
      // one more than its steps, so that rows without steps are dealt evenly too
      load[chunk] += shard.length(rows[from + i]) + 1L;
      chunkOf[i] = chunk;
      starts[chunk + 1]++;
    }
    place(rows, from, size);
  }

  private int lightest() {
    int lightest = 0;
    for (int chunk = 1; chunk < load.length; chunk++) {
      if (load[chunk] < load[lightest]) {
        lightest = chunk;
      }
    }
    return lightest;
  }

  /** Brings the rows of each chunk together, in the order in which they came. */
  private void place(int[] source, int from, int size) {
    for (int chunk = 0; chunk < load.length; chunk++) {
      starts[chunk + 1] += starts[chunk];
      load[chunk] = starts[chunk];
    }
    for (int i = 0; i < size; i++) {
      rows[(int) load[chunkOf[i]]++] = source[from + i];
    }
  }

  private void resize(int size, int count) {
    if (load.length != count) {
      load = new long[count];
      starts = new int[count + 1];
    }
    if (rows.length < size) {
      keys = new long[size];
      chunkOf = new int[size];
      rows = new int[size];
    }
  }

  /** Returns the rows, those of chunk 0 first. Not to be modified. */
  int[] rows() {
    return rows;
  }

  /** Returns where chunk {@code chunk} begins in {@link #rows}. */
  int from(int chunk) {
    return starts[chunk];
  }

  /** Returns where chunk {@code chunk} ends in {@link #rows}, exclusive. */
  int to(int chunk) {
    return starts[chunk + 1];
  }
}

package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.PackedBatch;

/**
 * The steps of a batch in runs whose activations are on the tape at the same time: all of them, or
 * few enough that only the states between the runs take room that grows with the batch.
 *
 * <p>A run begins only where the backward sweep uses up its gate derivatives, so that the products
 * over several steps are the same with one run and with many, bit for bit.
 *
 * <p>Scratch: owned by a tape, reused from batch to batch.
 *
 * @see <a href="https://arxiv.org/abs/1604.06174">Chen et al., 2016</a>
 */
final class Segments {
  /**
   * Rows of gate derivatives that are used up together: what one product copies at a time, so that
   * they are read from the second-level cache.
   */
  static final int PENDING_ROWS = 256;

  private int[] starts = new int[2];
  private int count;
  private int rows;

  /** Takes all steps together. */
  void whole(PackedBatch batch) {
    count = 1;
    starts[0] = 0;
    starts[1] = batch.steps();
    rows = batch.tokens();
  }

  /** Cuts into runs of about {@code wanted} rows, never less than what is used up together. */
  void cut(PackedBatch batch, int wanted) {
    count = 0;
    rows = 0;
    starts = Scratch.grown(starts, batch.steps() + 1);
    int end = batch.tokens();
    int usedUp = end;
    int usedUpStep = batch.steps();
    starts[0] = batch.steps();
    for (int t = batch.steps() - 1; t >= 0; t--) {
      int first = batch.offset(t);
      if (isUsedUp(usedUp - first, t)) {
        if (end - first > wanted && usedUp < end) {
          rows = Math.max(rows, end - usedUp);
          starts[++count] = usedUpStep;
          end = usedUp;
        }
        usedUp = first;
        usedUpStep = t;
      }
    }
    rows = Math.max(rows, end);
    starts[++count] = 0;
    reverse();
  }

  /** Whether the backward sweep uses up {@code rows} rows of gate derivatives after step t. */
  static boolean isUsedUp(int rows, int t) {
    return rows >= PENDING_ROWS || t == 0;
  }

  private void reverse() {
    for (int i = 0, j = count; i < j; i++, j--) {
      int start = starts[i];
      starts[i] = starts[j];
      starts[j] = start;
    }
  }

  /** Returns the number of runs, at least 1. */
  int count() {
    return count;
  }

  /** Returns the first step of run {@code s}; of run count(), the number of steps. */
  int start(int s) {
    return starts[s];
  }

  /** Returns the rows of the longest run. */
  int rows() {
    return rows;
  }
}

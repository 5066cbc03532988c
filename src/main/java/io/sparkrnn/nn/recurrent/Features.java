package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.PackedBatch;

/**
 * What a layer reads: a matrix of rows, and which row each of the batch's N steps sees. Without an
 * index step n sees row n. The gradient by the rows has the same shape.
 *
 * <p>Scratch: owned by a tape, reused from batch to batch.
 */
public final class Features {
  private final Rows gradient;
  private Rows rows;
  private int count;
  private int[] index;
  private int[] blockIndex = new int[0];
  private boolean inBlock;
  private boolean repeated;
  private boolean fixed;
  private int version;

  /** Creates features without rows. */
  public Features(int width) {
    rows = new Rows(width);
    gradient = new Rows(width);
  }

  /**
   * Makes room for {@code count} rows; their content is undefined.
   *
   * @param index row of each of the N steps, for rows that many steps see; null when step n sees
   *     row n. Not modified.
   */
  public void resize(int count, int[] index) {
    this.count = count;
    this.index = index;
    repeated = index != null;
    inBlock = false;
    fixed = false;
    version++;
    rows.reserve(count);
  }

  /**
   * Says that the rows are those of the whole embedding table: what is computed from them holds for
   * all batches until the parameters change.
   */
  public void fix() {
    fixed = true;
  }

  /** Takes the index of another batch into the same rows. */
  public void reindex(int[] index) {
    this.index = index;
    inBlock = false;
  }

  /** Lets the steps of some rows of the batch read what the batch's own steps read. */
  public void enter(PackedBatch batch, PackedBatch block, int first) {
    inBlock = true;
    blockIndex = Scratch.grown(blockIndex, block.tokens());
    for (int t = 0; t < block.steps(); t++) {
      int from = batch.offset(t) + first;
      int to = block.offset(t);
      for (int b = 0; b < block.live(t); b++) {
        blockIndex[to + b] = index == null ? from + b : index[from + b];
      }
    }
  }

  /** Takes the rows of the whole embedding table from another tape's features, if it has them. */
  public void borrow(Features other) {
    if (other.fixed) {
      rows = other.rows;
      count = other.count;
      repeated = other.repeated;
      version = other.version;
      fixed = true;
    }
  }

  /** Says that the parameters have changed. */
  public void release() {
    fixed = false;
    version++;
  }

  /** Returns a number that changes with the rows. */
  int version() {
    return version;
  }

  /** Whether many steps see a row, so that it is worth projecting once. */
  boolean isRepeated() {
    return repeated;
  }

  /** Returns whether the rows stay the same from batch to batch. */
  public boolean isFixed() {
    return fixed;
  }

  /** Sets the gradient to zeros. */
  public void clearGradient() {
    gradient.reserve(count);
    gradient.clear(0, count);
  }

  /** Returns the width of a row. */
  public int width() {
    return rows.width();
  }

  /** Returns how many rows there are. */
  int count() {
    return count;
  }

  /** Returns the rows, count x width. */
  public float[] rows() {
    return rows.data();
  }

  /** Returns the derivative of the loss by the rows, count x width. */
  public float[] gradient() {
    return gradient.data();
  }

  /** Returns the rows as a matrix. */
  Rows all() {
    return rows;
  }

  /** Returns the derivatives by the rows as a matrix. */
  Rows dAll() {
    return gradient;
  }

  /** Returns the row of each step, or null when step n sees row n. */
  int[] index() {
    return inBlock ? blockIndex : index;
  }

  /** Returns the row that a step sees. */
  int row(int step) {
    int[] rows = index();
    return rows == null ? step : rows[step];
  }
}

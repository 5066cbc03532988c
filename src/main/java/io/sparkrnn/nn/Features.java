package io.sparkrnn.nn;

import java.util.Arrays;

/**
 * What a layer reads: a matrix of rows, and which row each of the batch's N steps sees. Without an
 * index step n sees row n. The gradient by the rows has the same shape.
 *
 * <p>Scratch: owned by a tape, reused from batch to batch.
 */
public final class Features {
  private final int width;
  private float[] rows = new float[0];
  private float[] gradient = new float[0];
  private int count;
  private int[] index;
  private int[] blockIndex = new int[0];
  private boolean inBlock;
  private boolean repeated;
  private boolean fixed;
  private int version;

  Features(int width) {
    this.width = width;
  }

  /**
   * Makes room for {@code count} rows; their content is undefined.
   *
   * @param index row of each of the N steps, for rows that many steps see; null when step n sees
   *     row n. Not modified.
   */
  void resize(int count, int[] index) {
    this.count = count;
    this.index = index;
    repeated = index != null;
    inBlock = false;
    fixed = false;
    version++;
    if (rows.length < count * width) {
      rows = new float[count * width + count * width / 4];
    }
  }

  /**
   * Says that the rows are those of the whole embedding table: what is computed from them holds for
   * all batches until the parameters change.
   */
  void fix() {
    fixed = true;
  }

  /** Takes the index of another batch into the same rows. */
  void reindex(int[] index) {
    this.index = index;
    inBlock = false;
  }

  /** Lets the steps of some rows of the batch read what the batch's own steps read. */
  void enter(PackedBatch batch, PackedBatch block, int first) {
    inBlock = true;
    blockIndex = RecurrentTape.grown(blockIndex, block.tokens());
    for (int t = 0; t < block.steps(); t++) {
      int from = batch.offset(t) + first;
      int to = block.offset(t);
      for (int b = 0; b < block.live(t); b++) {
        blockIndex[to + b] = index == null ? from + b : index[from + b];
      }
    }
  }

  /** Takes the rows of the whole embedding table from another tape's features, if it has them. */
  void borrow(Features other) {
    if (other.fixed) {
      rows = other.rows;
      count = other.count;
      repeated = other.repeated;
      version = other.version;
      fixed = true;
    }
  }

  /** Says that the parameters have changed. */
  void release() {
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
  boolean isFixed() {
    return fixed;
  }

  /** Sets the gradient to zeros. */
  public void clearGradient() {
    if (gradient.length < count * width) {
      gradient = new float[rows.length];
    }
    Arrays.fill(gradient, 0, count * width, 0f);
  }

  int width() {
    return width;
  }

  int count() {
    return count;
  }

  /** Returns the rows, count x width. */
  public float[] rows() {
    return rows;
  }

  /** Returns the derivative of the loss by the rows, count x width. */
  public float[] gradient() {
    return gradient;
  }

  /** Returns the row of each step, or null when step n sees row n. */
  int[] index() {
    return inBlock ? blockIndex : index;
  }

  int row(int step) {
    int[] rows = index();
    return rows == null ? step : rows[step];
  }
}

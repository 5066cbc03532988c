package io.sparkrnn.nn;

import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.nn.head.TouchedRows;
import io.sparkrnn.nn.recurrent.DistinctIds;
import java.util.Arrays;

/**
 * The derivative of the loss by all parameters, which knows the embedding rows that the batch
 * touched: all others are zero, and nobody needs to look at them.
 *
 * <p>Scratch of one thread, reused from batch to batch; made by {@link Network#newGradient}.
 */
public final class Gradient {
  private final float[] values;
  private final int tableStart;
  private final int tableEnd;
  private final int width;
  private final boolean frozen;
  private int[] rows = new int[0];
  private int rowCount;

  /** A sparse set: row r is noted when place[r] < rowCount and rows[place[r]] == r. */
  private int[] place = new int[0];

  /**
   * Creates a gradient of zeros.
   *
   * @param layout the parameters
   * @param table the embedding, or null when there is none
   * @param frozen whether the embedding is not trained: its gradient stays zero
   */
  Gradient(ParameterLayout layout, ParameterLayout.Entry table, boolean frozen) {
    values = new float[layout.size()];
    tableStart = table == null ? 0 : table.offset();
    tableEnd = table == null ? 0 : table.offset() + table.size();
    width = table == null ? 1 : table.columns();
    this.frozen = frozen;
  }

  /** Returns the derivative, in storage order, not a copy. */
  public float[] values() {
    return values;
  }

  /** Returns the embedding rows that can be other than zero, the first rowCount(), no copy. */
  public int[] rows() {
    return rows;
  }

  /** Returns how many embedding rows can be other than zero; 0 without an embedding. */
  public int rowCount() {
    return rowCount;
  }

  /** Returns whether the embedding is not trained. */
  boolean isFrozen() {
    return frozen;
  }

  /** Sets it to zero, touching no embedding rows but those it can be other than zero in. */
  public void clear() {
    for (int i = 0; i < rowCount; i++) {
      int from = tableStart + rows[i] * width;
      Arrays.fill(values, from, from + width, 0f);
    }
    Arrays.fill(values, 0, tableStart, 0f);
    Arrays.fill(values, tableEnd, values.length, 0f);
    rowCount = 0;
  }

  /**
   * Adds another gradient of the same network.
   *
   * @param other Not modified.
   */
  public void add(Gradient other) {
    note(other.rows, other.rowCount);
    Kernels kernels = Kernels.best();
    kernels.add(tableStart, other.values, 0, values, 0);
    for (int i = 0; i < other.rowCount; i++) {
      int from = tableStart + other.rows[i] * width;
      kernels.add(width, other.values, from, values, from);
    }
    kernels.add(values.length - tableEnd, other.values, tableEnd, values, tableEnd);
  }

  /** Notes the rows of a batch that is about to be added. */
  void note(PackedBatch batch) {
    if (tableEnd > tableStart && !frozen) {
      DistinctIds distinct = batch.distinct();
      note(distinct.ids(), distinct.count());
    }
  }

  /** Notes the rows that a head which reads the embedding has added to. */
  void note(TouchedRows touched) {
    if (touched.count() > 0) {
      note(touched.ids(), touched.count());
    }
  }

  private void note(int[] distinct, int count) {
    int most = rowCount + count;
    if (rows.length < most) {
      rows = Arrays.copyOf(rows, most + most / 4);
    }
    boolean first = rowCount == 0;
    if (!first) {
      placeRows();
    }
    for (int i = 0; i < count; i++) {
      int row = distinct[i];
      if (first || !noted(row)) {
        rows[rowCount++] = row;
      }
    }
  }

  /** A batch's ids are distinct, so that only a second batch has to look for rows noted before. */
  private void placeRows() {
    if (place.length == 0) {
      place = new int[(tableEnd - tableStart) / width];
    }
    for (int i = 0; i < rowCount; i++) {
      place[rows[i]] = i;
    }
  }

  private boolean noted(int row) {
    return place[row] < rowCount && rows[place[row]] == row;
  }
}

package io.sparkrnn.train.shards;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The n-grams of rows as two primitive arrays: those of row r are the buckets {@code offsets[r] ..
 * offsets[r + 1]}, ascending, each once.
 *
 * <p>Immutable by convention: the accessors hand out the arrays themselves, which callers do not
 * modify. May be shared by threads and travels as it is between machines.
 */
public final class NgramRows implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final NgramRows NONE = new NgramRows(new int[0], new int[] {0});

  private final int[] buckets;
  private final int[] offsets;

  /**
   * Wraps n-grams, without copying the arrays.
   *
   * @param buckets those of all rows, one row after another. Not modified.
   * @param offsets rows + 1 starts, from 0 to the number of buckets. Not modified.
   */
  NgramRows(int[] buckets, int[] offsets) {
    this.buckets = buckets;
    this.offsets = offsets;
  }

  /** Returns those of rows that have none, however many they are. */
  static NgramRows none() {
    return NONE;
  }

  /** Returns the number of rows that have n-grams, or could have: all of a shard, or none. */
  public int rows() {
    return offsets.length - 1;
  }

  /** Returns the buckets of all rows, one row after another. */
  public int[] buckets() {
    return buckets;
  }

  /** Returns the rows + 1 starts among the buckets. */
  public int[] offsets() {
    return offsets;
  }

  /** Compares those of a row here with those of a row there; 0 when they are the same. */
  int compareRows(int row, NgramRows other, int otherRow) {
    if (rows() == 0 || other.rows() == 0) {
      return Integer.compare(rows(), other.rows());
    }
    return Arrays.compare(
        buckets,
        offsets[row],
        offsets[row + 1],
        other.buckets,
        other.offsets[otherRow],
        other.offsets[otherRow + 1]);
  }

  /** Collects n-grams, row by row. */
  static final class Builder {
    private static final int MOST = Integer.MAX_VALUE - 16;

    private int[] buckets = new int[0];
    private int[] offsets = new int[16];
    private int rows;

    void add(int[] source, int from, int to) {
      long size = (long) offsets[rows] + to - from;
      if (size > MOST) {
        throw new IllegalStateException(
            "a shard must hold at most %d n-grams, got %d; use more shards".formatted(MOST, size));
      }
      if (size > buckets.length) {
        buckets = Arrays.copyOf(buckets, (int) Math.min(MOST, Math.max(1024, 2 * size)));
      }
      System.arraycopy(source, from, buckets, offsets[rows], to - from);
      if (rows + 1 == offsets.length) {
        offsets = Arrays.copyOf(offsets, (int) Math.min(MOST, 2L * offsets.length));
      }
      offsets[++rows] = (int) size;
    }

    void addRow(NgramRows source, int row) {
      if (source.rows() > 0) {
        add(source.buckets, source.offsets[row], source.offsets[row + 1]);
      }
    }

    /** Returns how many n-grams there are so far. */
    int size() {
      return offsets[rows];
    }

    /**
     * Returns the n-grams of so many rows.
     *
     * @throws IllegalStateException if some of them have n-grams and others were given none
     */
    NgramRows build(int rowsOfShard) {
      if (rows == 0) {
        return none();
      }
      if (rows != rowsOfShard) {
        throw new IllegalStateException(
            "n-grams must be given for all %d rows or none, got %d".formatted(rowsOfShard, rows));
      }
      return new NgramRows(Arrays.copyOf(buckets, offsets[rows]), Arrays.copyOf(offsets, rows + 1));
    }
  }
}

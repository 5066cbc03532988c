package io.sparkrnn.kernel;

/**
 * What a product is added to, C0 in C = C0 + A B: zeros, the target itself, or rows gathered from a
 * table.
 *
 * <p>A gather is mutable so that the step loop can move it along without allocating; one per
 * thread.
 */
public final class Addend {
  /** Floats from which a table has outgrown the second-level cache: 2 MB. */
  private static final int LARGE = 1 << 19;

  /** Floats at the head of a table, its frequent words, that stay in the second-level cache. */
  private static final int FREQUENT = 1 << 18;

  private static final int CACHE_LINE = 16;

  private static final Addend ZERO = new Addend(null, 0, null);
  private static final Addend TARGET = new Addend(null, -1, null);

  private final float[] table;
  private final int width;
  private final int[] index;
  private int indexOffset;
  private int column;
  private float touched;

  private Addend(float[] table, int width, int[] index) {
    this.table = table;
    this.width = width;
    this.index = index;
  }

  /** C0 = 0. */
  public static Addend zero() {
    return ZERO;
  }

  /** C0 = C: the product is added to what is there. */
  public static Addend target() {
    return TARGET;
  }

  /**
   * C0 row r = table row index[indexOffset + r].
   *
   * @param table dense rows of {@code width} floats. Not modified.
   * @param width distance of the table's rows
   * @param index row numbers. Not modified.
   */
  public static Addend gather(float[] table, int width, int[] index) {
    return new Addend(table, width, index);
  }

  /** Moves a gather to the rows from {@code offset} on, and returns this. */
  public Addend at(int offset) {
    if (table != null) {
      indexOffset = offset;
    }
    return this;
  }

  /** Takes a gather's columns from {@code first} on, and returns this. */
  public Addend column(int first) {
    if (table != null) {
      column = first;
    }
    return this;
  }

  /**
   * Copies columns of the gathered rows as they are; without a table, nothing.
   *
   * @param rows number of rows
   * @param first first column of the table
   * @param columns number of columns
   * @param target rows {@code ld} apart from {@code offset}. Modified.
   */
  public void copy(int rows, int first, int columns, float[] target, int offset, int ld) {
    for (int r = 0; table != null && r < rows; r++) {
      System.arraycopy(
          table, index[indexOffset + r] * width + first, target, offset + r * ld, columns);
    }
  }

  /**
   * Reads one float of every cache line of the rows that a product is about to gather from a large
   * table, so that their misses overlap: the product alone meets them tile by tile.
   */
  void touch(int rows, int columns) {
    if (table == null || table.length < LARGE) {
      return;
    }
    float sum = 0;
    for (int r = 0; r < rows; r++) {
      int from = index[indexOffset + r] * width + column;
      if (from >= FREQUENT) {
        for (int j = from; j < from + columns; j += CACHE_LINE) {
          sum += table[j];
        }
      }
    }
    touched = sum;
  }

  int column() {
    return column;
  }

  boolean isTarget() {
    return width < 0;
  }

  float[] table() {
    return table;
  }

  int[] index() {
    return index;
  }

  int indexOffset() {
    return indexOffset;
  }

  int width() {
    return width;
  }
}

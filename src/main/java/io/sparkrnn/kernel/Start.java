package io.sparkrnn.kernel;

/**
 * Where a product starts from: zeros, the target itself, or rows gathered from a table.
 *
 * <p>Mutable so that the step loop can move it along without allocating; one per thread.
 */
public final class Start {
  private float[] table;
  private int[] index;
  private int indexOffset;
  private int width;
  private int column;

  private Start() {}

  /** C0 = 0. */
  public static Start zero() {
    return new Start();
  }

  /** C0 = C: the product is added to what is there. */
  public static Start accumulate() {
    Start start = new Start();
    start.width = -1;
    return start;
  }

  /**
   * C0 row r = table row index[indexOffset + r].
   *
   * @param table dense rows of {@code width} floats. Not modified.
   * @param width distance of the table's rows
   * @param index row numbers. Not modified.
   */
  public static Start gather(float[] table, int width, int[] index) {
    Start start = new Start();
    start.table = table;
    start.width = width;
    start.index = index;
    return start;
  }

  /** Moves the gather to the rows from {@code offset} on, and returns this. */
  public Start at(int offset) {
    indexOffset = offset;
    return this;
  }

  /** Takes the table's columns from {@code first} on, and returns this. */
  public Start column(int first) {
    column = first;
    return this;
  }

  int column() {
    return column;
  }

  boolean isAccumulate() {
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

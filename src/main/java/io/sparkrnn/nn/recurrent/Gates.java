package io.sparkrnn.nn.recurrent;

/**
 * The gates of each step, G columns in blocks of H as the cell orders them: pre-activations first,
 * activations after the step; or the derivatives by the pre-activations.
 */
final class Gates {
  private final Rows all;
  private final Rows[] blocks;

  /**
   * Creates gates without rows.
   *
   * @param columns G
   * @param units H
   */
  Gates(int columns, int units) {
    all = new Rows(columns);
    blocks = new Rows[columns / units];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = all.from(i * units);
    }
  }

  /** Returns all columns. */
  Rows all() {
    return all;
  }

  /** Returns the same rows, beginning with block {@code i}. */
  Rows block(int i) {
    return blocks[i];
  }
}

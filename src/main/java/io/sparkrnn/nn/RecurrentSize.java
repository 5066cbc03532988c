package io.sparkrnn.nn;

import io.sparkrnn.kernel.Scratch;

/**
 * How many floats one direction of a recurrent layer keeps for the backward pass.
 *
 * @param spec the layer
 * @param variables its sizes
 */
record RecurrentSize(LayerSpec.Recurrent spec, RecurrentVariables variables) {
  /** Rows that a product over many rows copies at a time. */
  private static final int SCRATCH_ROWS = 256;

  /**
   * Returns the floats kept per row, that is per token: gates, h(t-1), what the recurrent product
   * sees where that is something else, c(t-1) and tanh(c(t)).
   *
   * @param projected whether the distinct rows of the input are projected, and not every step's
   * @param masked whether the product sees h(t-1) times a dropout mask
   */
  int keptPerRow(boolean projected, boolean masked) {
    int units = variables.units();
    boolean joined = !projected && variables.cell().joins();
    int seen = joined ? variables.inputSize() + units : masked ? units : 0;
    return variables.cell().gateColumns() + units + seen + (stateWidth() - units) * 2;
  }

  /**
   * Returns the floats of a tape, or ints, which are of the same size.
   *
   * @param projected whether the distinct rows of the input are projected, and not every step's
   * @param sequences whether the output at every step is kept
   */
  long floats(TapeShape shape, boolean projected, boolean sequences) {
    int units = variables.units();
    int inputSize = variables.inputSize();
    int columns = variables.cell().gateColumns();
    long rows = shape.tokens();
    long floats = 0;
    int kept = keptPerRow(projected, spec.recurrentDropout() > 0);
    if (shape.checkpoints()) {
      long wanted = segmentRows(shape.tokens(), shape.batchSize(), kept);
      rows = Math.min(rows, Math.max(wanted, pendingRows()) + 2 * shape.batchSize());
      floats += (shape.tokens() / Math.max(1, wanted) + 1) * shape.batchSize() * stateWidth();
    }
    floats += rows * kept;
    floats += sequences ? 2 * shape.tokens() * units : 0;
    floats += projected ? 2 * shape.distinct() * columns : 0;
    floats += arranged(projected) ? 2 * shape.tokens() * inputSize : 0;
    floats += projected ? shape.distinct() : shape.tokens();
    floats += projected && spec.goBackwards() ? shape.tokens() : 0;
    floats += shape.batchSize() * (2L * (inputSize + units) + 5L * units + stateWidth());
    floats += (pendingRows() + shape.batchSize()) * columns;
    floats += Scratch.floats(inputSize + (long) units);
    return floats + 2L * (inputSize + units) * columns;
  }

  /** Whether the input is brought into an order of the layer's own. */
  private boolean arranged(boolean projected) {
    return !projected && !variables.cell().joins() && (spec.goBackwards() || spec.dropout() > 0);
  }

  /**
   * Returns the rows whose gate derivatives are kept before they are used: what one product copies
   * at a time, so that they are read from the second-level cache.
   */
  int pendingRows() {
    return SCRATCH_ROWS;
  }

  /** Returns the floats of one row's state: h, and c for the LSTM. */
  private int stateWidth() {
    return spec.cell() == CellType.LSTM ? 2 * variables.units() : variables.units();
  }

  /**
   * Returns the rows of a segment for which the segment and the states between segments together
   * take least: m keptPerRow + (N / m) B stateWidth is smallest where both terms are equal.
   */
  int segmentRows(long tokens, long batchSize, int keptPerRow) {
    return (int) Math.ceil(Math.sqrt((double) tokens * batchSize * stateWidth() / keptPerRow));
  }
}

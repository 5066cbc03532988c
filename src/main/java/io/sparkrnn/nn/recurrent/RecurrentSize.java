package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.LayerSpec;

/**
 * How many floats one direction of a recurrent layer keeps for the backward pass.
 *
 * @param spec the layer
 * @param variables its sizes
 */
record RecurrentSize(LayerSpec.Recurrent spec, RecurrentVariables variables) {
  /**
   * Returns the floats kept per row, that is per token: gates, h(t-1), what the recurrent product
   * reads where that is something else, c(t-1) and tanh(c(t)).
   *
   * @param concatenated whether the product reads [x(t) h(t-1)]
   * @param masked whether it reads h(t-1) times a dropout mask
   */
  int keptPerRow(boolean concatenated, boolean masked) {
    int units = variables.units();
    int operand = concatenated ? variables.inputSize() + units : masked ? units : 0;
    return variables.cell().gateColumns() + units + operand + (stateWidth() - units) * 2;
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
    int kept =
        keptPerRow(!projected && variables.cell().concatenates(), spec.recurrentDropout() > 0);
    if (shape.recompute()) {
      long wanted = segmentRows(shape.tokens(), shape.batchSize(), kept);
      rows = Math.min(rows, Math.max(wanted, Segments.PENDING_ROWS) + 2 * shape.batchSize());
      floats += (shape.tokens() / Math.max(1, wanted) + 1) * shape.batchSize() * stateWidth();
    }
    floats += rows * kept;
    floats += sequences ? 2 * shape.tokens() * units : 0;
    floats += projected ? 2 * shape.distinct() * columns : 0;
    floats += arranged(projected) ? 2 * shape.tokens() * inputSize : 0;
    floats += projected ? shape.distinct() : shape.tokens();
    floats += projected && spec.goBackwards() ? shape.tokens() : 0;
    floats += shape.batchSize() * (2L * (inputSize + units) + 5L * units + stateWidth());
    floats += (Segments.PENDING_ROWS + shape.batchSize()) * columns;
    floats += Scratch.floats(inputSize + (long) units);
    return floats + 2L * (inputSize + units) * columns;
  }

  /** Whether the input is brought into an order of the layer's own. */
  private boolean arranged(boolean projected) {
    return !projected
        && !variables.cell().concatenates()
        && (spec.goBackwards() || spec.dropout() > 0);
  }

  /** Returns the floats of one row's state: h, and c for the LSTM. */
  private int stateWidth() {
    return variables.cell().hasCellState() ? 2 * variables.units() : variables.units();
  }

  /**
   * Returns the rows of a segment for which the segment and the states between segments together
   * take least: m keptPerRow + (N / m) B stateWidth is smallest where both terms are equal.
   */
  int segmentRows(long tokens, long batchSize, int keptPerRow) {
    return (int) Math.ceil(Math.sqrt((double) tokens * batchSize * stateWidth() / keptPerRow));
  }
}

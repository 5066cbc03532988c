package io.sparkrnn.nn;

import java.util.Objects;

/**
 * The state of one direction of a recurrent layer, or the derivative of the loss by it.
 *
 * @param hidden h, B x H in the caller's order of rows. Not copied.
 * @param cell c of an LSTM, B x H; without elements for other cells. Not copied.
 */
public record State(float[] hidden, float[] cell) {
  public State {
    Objects.requireNonNull(hidden, "hidden");
    Objects.requireNonNull(cell, "cell");
  }

  static State zeros(LayerSpec.Recurrent spec, int batchSize) {
    int size = batchSize * spec.units();
    return new State(new float[size], new float[spec.cell() == CellType.LSTM ? size : 0]);
  }
}

package io.sparkrnn.nn;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.kernel.PackedMatrix;

/**
 * What distinguishes one recurrent cell from another: the size of its gates, one step forward, one
 * step back, and how the gate derivatives become parameter gradients. {@link RecurrentLayer} does
 * everything else.
 *
 * <p>"Rows first .. first + count" are rows of the N packed steps. Stateless.
 */
interface Cell {

  /** Returns the columns of the tape's gates, G. */
  int gateColumns();

  /** Returns how many of them the input kernel produces; they come first. */
  int inputColumns();

  /** Returns the shape of the bias variable. */
  int[] biasShape();

  /** Brings a packed kernel, of the input or recurrent, to the scale of the activations. */
  default void scale(PackedMatrix kernel) {}

  /** Writes the biases that are added to the projected input, G floats, on the same scale. */
  void inputBias(float[] parameters, int biasOffset, float[] bias);

  /**
   * Whether every gate column is x(t) times a kernel plus h(t-1) times a recurrent kernel of the
   * same width, so that both are one product.
   */
  boolean joins();

  /**
   * Packs the kernel of the recurrent product, {@code tape.seenWidth} rows.
   *
   * @param offset where it stands among the parameters
   * @param training whether its transpose is needed
   */
  void pack(float[] parameters, int offset, RecurrentTape tape, boolean training);

  /**
   * Adds the recurrent products of {@code tape.seen} to {@code tape.gates}.
   *
   * @param table rows to start from, or null when the gates already hold the projected input
   * @param seenFirst first row of {@code tape.seen}
   * @param gatesFirst first row of {@code tape.gates}
   */
  void product(RecurrentTape tape, Addend table, int count, int seenFirst, int gatesFirst);

  /**
   * Applies the activations: from gates and state to the next state. What is written may be what is
   * read, row by row.
   *
   * @param training whether the activations are to be kept in the gates
   * @param stateFirst first row of the state before the step
   * @param next h(t) of the rows. Modified.
   * @param nextCell c(t) of the rows, for the LSTM. Modified.
   */
  void activate(
      RecurrentTape tape,
      int count,
      int gatesFirst,
      boolean training,
      float[] state,
      float[] cell,
      int stateFirst,
      float[] next,
      int nextFirst,
      float[] nextCell,
      int nextCellFirst);

  /**
   * Goes one step back: from dh in {@code tape.dHidden} to the gate derivatives in {@code
   * tape.dGates} and the part of dh(t-1) that does not go through the recurrent product.
   *
   * @param first first row of the step among the N
   * @return whether there is such a part, left in {@code tape.dHidden}
   */
  boolean deactivate(RecurrentTape tape, int first, int count);

  /** Writes or adds the derivative by {@code tape.seen} to {@code target}, count x seenWidth. */
  void productBackward(
      RecurrentTape tape, int first, int count, boolean accumulate, float[] target);

  /**
   * Adds the gradient of the kernel of the recurrent product from rows whose gate derivatives are
   * at hand.
   *
   * @param offset where that kernel stands among the parameters
   */
  void recurrentGradient(RecurrentTape tape, int first, int count, float[] gradient, int offset);

  /**
   * Adds the gradient of the biases.
   *
   * @param rows number of rows
   * @param dInput derivatives by the projected input, rows x G from row {@code from}
   */
  void biasGradient(
      RecurrentTape tape, int rows, float[] dInput, int from, float[] gradient, int biasOffset);
}

package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.kernel.PackedMatrix;

/**
 * What distinguishes one recurrent cell from another: the size of its gates, one step forward, one
 * step back, and how the derivatives by the pre-activations become gradients of the parameters.
 *
 * <p>The <em>operand</em> is what the recurrent product of a step reads: h(t-1), times a dropout
 * mask if there is one, or [x(t) h(t-1)] where one product serves both kernels. What is written
 * here for all cells is for those with one product a step; the GRU has two.
 *
 * <p>Rows first .. first + count are among the N packed steps. Stateless.
 */
interface Cell {

  /** Returns the columns of the gates, G. */
  int gateColumns();

  /** Returns how many of them the input kernel produces; they come first. */
  default int inputColumns() {
    return gateColumns();
  }

  /** Returns the shape of the bias variable. */
  default int[] biasShape() {
    return new int[] {gateColumns()};
  }

  /** Whether there is a state c besides h. */
  default boolean hasCellState() {
    return false;
  }

  /**
   * Whether every gate column is x(t) times a kernel plus h(t-1) times a recurrent kernel of the
   * same width, so that both are one product.
   */
  default boolean concatenates() {
    return true;
  }

  /** Brings a packed kernel, of the input or recurrent, to the scale of the activations. */
  default void scale(PackedMatrix kernel) {}

  /** Writes the biases that are added to the projected input, G floats, on the same scale. */
  default void packBias(float[] parameters, int offset, float[] bias) {
    System.arraycopy(parameters, offset, bias, 0, gateColumns());
  }

  /**
   * Packs the kernel of the recurrent product.
   *
   * @param parameters all parameters. Not modified.
   * @param kernel where it stands among them; of [x(t) h(t-1)] both kernels
   * @param weights Modified.
   * @param training whether its transpose is needed
   */
  default void pack(
      float[] parameters, WeightBlock kernel, PackedWeights weights, boolean training) {
    kernel.pack(parameters, weights.recurrent());
    scale(weights.recurrent());
    if (training) {
      kernel.packTransposed(parameters, weights.recurrentTransposed());
    }
  }

  /**
   * a(t) = addend + operand W: the pre-activations, into the gates.
   *
   * @param operand Not modified.
   * @param addend x(t) Wx + b or b, or the gates if they hold it already
   */
  default void multiply(RecurrentTape tape, int first, int count, Rows operand, Addend addend) {
    PackedMatrix kernel = tape.weights().recurrent();
    tape.products.multiply(first, count, operand, kernel, addend, tape.gates);
  }

  /**
   * From a(t) and the state before to the state after the step; the gates become activations.
   *
   * @param from states before, h(t-1) and c(t-1). Not modified unless it is {@code to}.
   * @param to states after, h(t) and c(t), rows from {@code toRow} on. Modified.
   */
  void forward(RecurrentTape tape, int first, int count, StateRows from, StateRows to, int toRow);

  /**
   * From dh(t) and dc(t) in the tape's {@code dStates} to da(t) in its {@code dGates}, to dc(t-1),
   * and to the part of dh(t-1) that does not go through the recurrent product.
   *
   * @param operand what {@link #multiply} read. Not modified.
   * @return whether there is such a part, left in place of dh(t)
   */
  boolean backward(RecurrentTape tape, int first, int count, Rows operand);

  /**
   * dOperand = addend + da(t) W'.
   *
   * @param addend zero, or the target for dOperand += da(t) W'
   * @param dOperand Modified.
   */
  default void backwardToOperand(
      RecurrentTape tape, int first, int count, Addend addend, Rows dOperand) {
    PackedMatrix transposed = tape.weights().recurrentTransposed();
    tape.products.multiply(first, count, tape.dGates, transposed, addend, dOperand);
  }

  /**
   * dW += operand' da.
   *
   * @param operand what {@link #multiply} read. Not modified.
   * @param kernel where W stands
   */
  default void addKernelGradient(
      RecurrentTape tape,
      int first,
      int count,
      Rows operand,
      float[] gradient,
      WeightBlock kernel) {
    tape.products.addGradient(first, count, operand, tape.dGates, gradient, kernel);
  }

  /**
   * db += the column sums of da.
   *
   * @param dGates da, or sums of its rows. Not modified.
   * @param offset where b stands
   */
  default void addBiasGradient(
      RecurrentTape tape, int first, int count, Rows dGates, float[] gradient, int offset) {
    tape.kernels.addColumnSums(
        count, gateColumns(), dGates.data(), dGates.at(first), gradient, offset);
  }
}

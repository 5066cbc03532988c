package io.sparkrnn.nn;

/**
 * Sizes of one direction of a recurrent layer and where its variables stand among the parameters.
 * The recurrent kernel follows the kernel, so that the two are one matrix of I + H rows.
 *
 * @param inputSize I
 * @param units H
 * @param kernel offset of the input kernel
 * @param recurrent offset of the recurrent kernel
 * @param bias offset of the bias
 * @param goBackwards whether the sequence is read from its end
 */
record RecurrentVariables(
    Cell cell, int inputSize, int units, int kernel, int recurrent, int bias, boolean goBackwards) {

  /** Returns the row of the input that step {@code step} of the N reads. */
  int source(PackedBatch batch, Features input, int step) {
    return input.row(goBackwards ? batch.reversed()[step] : step);
  }

  /** Adds the gradients of input kernel and bias: x' dGates and the column sums of dGates. */
  void kernelGradient(
      RecurrentTape tape,
      int rows,
      float[] x,
      int xFirst,
      float[] dGates,
      int dFirst,
      float[] gradient) {
    int columns = cell.gateColumns();
    int kernelColumns = cell.inputColumns();
    cell.biasGradient(tape, rows, dGates, dFirst, gradient, bias);
    tape.kernels.addTransposedProduct(
        rows,
        inputSize,
        kernelColumns,
        x,
        xFirst * inputSize,
        inputSize,
        dGates,
        dFirst * columns,
        columns,
        gradient,
        kernel,
        kernelColumns,
        tape.scratch);
  }
}

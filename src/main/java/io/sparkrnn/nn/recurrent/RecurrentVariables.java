package io.sparkrnn.nn.recurrent;

import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.ParameterLayout;

/**
 * Sizes of one direction of a recurrent layer and where its variables stand among the parameters.
 * The recurrent kernel follows the kernel, so that the two are one matrix of I + H rows.
 *
 * @param inputSize I
 * @param units H
 * @param kernel the input kernel, I rows
 * @param recurrent the recurrent kernel, H rows
 * @param concatenated both kernels, I + H rows
 * @param bias offset of the bias
 * @param goBackwards whether the sequence is read from its end
 */
record RecurrentVariables(
    Cell cell,
    int inputSize,
    int units,
    WeightBlock kernel,
    WeightBlock recurrent,
    WeightBlock concatenated,
    int bias,
    boolean goBackwards) {

  /**
   * Appends the variables of a layer to a network's.
   *
   * @param path Keras path of the variables, such as {@code lstm_0/lstm_cell}
   */
  static RecurrentVariables add(
      LayerSpec.Recurrent spec, int inputSize, String path, ParameterLayout.Builder layout) {
    int units = spec.units();
    int columns = spec.cell().gates() * units;
    Cell cell =
        switch (spec.cell()) {
          case SIMPLE_RNN -> new SimpleRnnCell(units);
          case LSTM -> new LstmCell(units);
          case GRU -> new GruCell(units, spec.resetAfter());
        };
    int kernel = layout.add(path + "/kernel", inputSize, columns);
    int recurrent = layout.add(path + "/recurrent_kernel", units, columns);
    return new RecurrentVariables(
        cell,
        inputSize,
        units,
        new WeightBlock(kernel, inputSize, columns, columns),
        new WeightBlock(recurrent, units, columns, columns),
        new WeightBlock(kernel, inputSize + units, columns, columns),
        layout.add(path + "/bias", cell.biasShape()),
        spec.goBackwards());
  }
}

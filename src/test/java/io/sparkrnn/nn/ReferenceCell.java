package io.sparkrnn.nn;

/**
 * One step of a recurrent cell on one sequence, in plain double.
 *
 * <p>A state is h (H), or h and c one after the other (2H) for an LSTM. {@code mask} (H) multiplies
 * h(t-1) wherever it meets the recurrent kernel: all ones, or 0 and 1 / (1 - rate).
 */
interface ReferenceCell {
  int stateSize();

  /** Returns s(t) from x(t) and s(t-1). */
  double[] step(double[] x, double[] state, double[] mask);

  /** Returns dx(t) and ds(t-1) from ds(t), and adds the parameters' part to {@code gradient}. */
  StepGradient backward(
      double[] x, double[] state, double[] mask, double[] dNext, ReferenceWeights gradient);

  /** Derivatives of the loss by a step's input and by the state before it. */
  record StepGradient(double[] dInput, double[] dState) {}

  static ReferenceCell of(LayerSpec.Recurrent spec, ReferenceWeights weights) {
    return switch (spec.cell()) {
      case SIMPLE_RNN -> new ReferenceSimpleRnn(weights);
      case LSTM -> new ReferenceLstm(weights);
      case GRU -> new ReferenceGru(weights, spec.resetAfter());
    };
  }
}

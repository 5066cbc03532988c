package io.sparkrnn.nn;

import java.util.List;

/** A recurrent layer, one direction or two, over one sequence, in plain double. */
interface ReferenceLayer {
  /** Lists hold one element, or the forward and the backward direction's. */
  Outputs forward(double[][] inputs, List<DropoutMasks> masks);

  /** Returns the derivative by the inputs and adds the parameters' part to the gradients. */
  double[][] backward(
      double[][] inputs,
      List<DropoutMasks> masks,
      Outputs dOutputs,
      List<ReferenceWeights> gradients);

  /**
   * What a layer returns, or the derivative of the loss by it.
   *
   * @param steps output at each step, T x H
   * @param last output after the last step each direction reads, H; zeros without steps
   */
  record Outputs(double[][] steps, double[] last) {
    static Outputs zeros(int steps, int size) {
      return new Outputs(new double[steps][size], new double[size]);
    }
  }

  static ReferenceLayer of(LayerSpec spec, List<ReferenceWeights> weights) {
    return of(spec, weights, 0);
  }

  static ReferenceLayer of(LayerSpec spec, List<ReferenceWeights> weights, int truncatedSteps) {
    if (spec instanceof LayerSpec.Bidirectional pair) {
      return new ReferenceBidirectional(
          new ReferenceDirection(pair.layer(), weights.get(0), truncatedSteps),
          new ReferenceDirection(pair.layer().reversed(), weights.get(1), truncatedSteps),
          pair.mergeMode());
    }
    return new ReferenceDirection((LayerSpec.Recurrent) spec, weights.get(0), truncatedSteps);
  }
}

package io.sparkrnn.nn;

import static io.sparkrnn.nn.ReferenceMath.times;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The loss of one example whose layers start from given states, forward only: its central
 * differences are what derivatives by states are compared with.
 *
 * <p>Truncation gives the derivative of a pass in which the states at the borders of segments are
 * constants: those of the first pass, which stay when the initial states are moved afterwards.
 */
final class StatefulReference {
  private final ReferenceNetwork network;
  private final Example example;
  private final Loss loss;
  private final int truncatedSteps;
  private final List<double[][]> first = new ArrayList<>();
  private List<double[]> initial;
  private int direction;

  /** Creates a reference for one example; 0 truncated steps for whole sequences. */
  StatefulReference(ReferenceNetwork network, Example example, Loss loss, int truncatedSteps) {
    this.network = network;
    this.example = example;
    this.loss = loss;
    this.truncatedSteps = truncatedSteps;
  }

  /**
   * Returns weight * loss, summed over the steps with a head at every step.
   *
   * @param states h, or h and c one after the other, layer by layer and direction by direction
   */
  double loss(List<double[]> states) {
    initial = states;
    direction = 0;
    double[][] inputs = network.inputs(example);
    ReferenceLayer.Outputs outputs = null;
    for (int layer = 0; layer < network.spec().layers().size(); layer++) {
      outputs = outputs(layer, inputs);
      inputs = outputs.steps();
    }
    return network.loss(example, outputs, loss);
  }

  private ReferenceLayer.Outputs outputs(int layer, double[][] inputs) {
    List<ReferenceWeights> weights = network.parameters().layers().get(layer);
    List<DropoutMasks> masks = network.masks(example, layer);
    if (network.spec().layers().get(layer) instanceof LayerSpec.Bidirectional pair) {
      LayerSpec.Recurrent back = pair.layer().reversed();
      ReferenceLayer.Outputs a = outputs(pair.layer(), weights.get(0), masks.get(0), inputs);
      ReferenceLayer.Outputs b = outputs(back, weights.get(1), masks.get(1), inputs);
      ReferenceBidirectional merging = (ReferenceBidirectional) ReferenceLayer.of(pair, weights);
      return merging.merge(a, ReferenceBidirectional.reversed(b));
    }
    LayerSpec.Recurrent one = (LayerSpec.Recurrent) network.spec().layers().get(layer);
    return outputs(one, weights.get(0), masks.get(0), inputs);
  }

  private ReferenceLayer.Outputs outputs(
      LayerSpec.Recurrent spec, ReferenceWeights weights, DropoutMasks mask, double[][] inputs) {
    double[][] states = states(spec, weights, mask, inputs);
    double[][] steps = new double[inputs.length][];
    Arrays.setAll(steps, s -> Arrays.copyOf(states[s + 1], spec.units()));
    return new ReferenceLayer.Outputs(steps, Arrays.copyOf(states[inputs.length], spec.units()));
  }

  /** The states of the next direction in its order of reading. */
  private double[][] states(
      LayerSpec.Recurrent spec, ReferenceWeights weights, DropoutMasks mask, double[][] inputs) {
    ReferenceCell cell = ReferenceCell.of(spec, weights);
    int steps = inputs.length;
    double[][] states = new double[steps + 1][];
    states[0] = initial.get(direction);
    for (int s = 0; s < steps; s++) {
      double[] x = times(mask.input(), inputs[spec.goBackwards() ? steps - 1 - s : s]);
      boolean border = s > 0 && truncatedSteps > 0 && (steps - s) % truncatedSteps == 0;
      boolean constant = border && direction < first.size();
      double[] before = constant ? first.get(direction)[s] : states[s];
      states[s + 1] = cell.step(x, before, mask.recurrent());
    }
    if (direction == first.size()) {
      first.add(states);
    }
    direction++;
    return states;
  }
}

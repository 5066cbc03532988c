package io.sparkrnn.nn;

import static io.sparkrnn.nn.ReferenceMath.times;

import java.util.Arrays;
import java.util.List;

/**
 * A cell run over one sequence, from its first step or from its last one. The outputs stand in the
 * order of reading, as those of a Keras layer with {@code go_backwards}.
 */
record ReferenceDirection(ReferenceCell cell, int units, boolean goBackwards, int truncatedSteps)
    implements ReferenceLayer {
  ReferenceDirection(LayerSpec.Recurrent spec, ReferenceWeights weights, int truncatedSteps) {
    this(ReferenceCell.of(spec, weights), spec.units(), spec.goBackwards(), truncatedSteps);
  }

  @Override
  public Outputs forward(double[][] inputs, List<DropoutMasks> masks) {
    double[][] states = states(inputs, masks.get(0));
    double[][] steps = new double[inputs.length][];
    for (int s = 0; s < steps.length; s++) {
      steps[s] = Arrays.copyOf(states[s + 1], units);
    }
    return new Outputs(steps, Arrays.copyOf(states[steps.length], units));
  }

  @Override
  public double[][] backward(
      double[][] inputs,
      List<DropoutMasks> masks,
      Outputs dOutputs,
      List<ReferenceWeights> gradients) {
    DropoutMasks mask = masks.get(0);
    double[][] states = states(inputs, mask);
    double[][] dInputs = new double[inputs.length][];
    double[] dState = new double[cell.stateSize()];
    ReferenceMath.add(dState, Arrays.copyOf(dOutputs.last(), dState.length));
    for (int s = inputs.length - 1; s >= 0; s--) {
      int t = position(s, inputs.length);
      ReferenceMath.add(dState, Arrays.copyOf(dOutputs.steps()[s], dState.length));
      ReferenceCell.StepGradient step =
          cell.backward(
              times(mask.input(), inputs[t]),
              states[s],
              mask.recurrent(),
              dState,
              gradients.get(0));
      dInputs[t] = times(mask.input(), step.dInput());
      boolean cut = truncatedSteps > 0 && (inputs.length - s) % truncatedSteps == 0;
      dState = cut ? new double[cell.stateSize()] : step.dState();
    }
    return dInputs;
  }

  /** States in reading order, the zero state first. */
  private double[][] states(double[][] inputs, DropoutMasks mask) {
    double[][] states = new double[inputs.length + 1][];
    states[0] = new double[cell.stateSize()];
    for (int s = 0; s < inputs.length; s++) {
      double[] x = times(mask.input(), inputs[position(s, inputs.length)]);
      states[s + 1] = cell.step(x, states[s], mask.recurrent());
    }
    return states;
  }

  private int position(int s, int steps) {
    return goBackwards ? steps - 1 - s : s;
  }
}

package io.sparkrnn.nn;

import io.sparkrnn.nn.targets.TargetKind;

/**
 * One prediction for each real step: a dense layer over each (Keras: {@code TimeDistributed}).
 *
 * @param pooling always {@link Pooling#EVERY_STEP}, as saved models and fingerprints name it
 * @param outputs number of outputs of a step, K (1 for sigmoid and for regression)
 * @param activation activation of the outputs
 */
public record StepHead(Pooling pooling, int outputs, Activation activation) implements HeadSpec {
  public StepHead {
    activation.check(outputs);
    if (pooling != Pooling.EVERY_STEP) {
      throw new IllegalArgumentException("pooling must be EVERY_STEP, got " + pooling);
    }
  }

  @Override
  public TargetKind targets() {
    return TargetKind.STEP;
  }

  @Override
  public int predictions(int steps) {
    return steps;
  }

  @Override
  public String need() {
    return "a head at every step needs a label for each step";
  }
}

package io.sparkrnn.nn;

import io.sparkrnn.nn.targets.TargetKind;
import java.util.Objects;

/**
 * One prediction for each sequence: a dense layer over pooled steps.
 *
 * @param pooling what the dense layer sees of the steps
 * @param outputs number of outputs, K (1 for sigmoid and for regression)
 * @param activation activation of the outputs
 */
public record SequenceHead(Pooling pooling, int outputs, Activation activation)
    implements HeadSpec {
  public SequenceHead {
    Objects.requireNonNull(pooling, "pooling");
    activation.check(outputs);
    if (pooling == Pooling.EVERY_STEP) {
      throw new IllegalArgumentException("pooling must leave one vector, got " + pooling);
    }
  }

  @Override
  public TargetKind targets() {
    return TargetKind.SEQUENCE;
  }

  @Override
  public int predictions(int steps) {
    return 1;
  }

  @Override
  public String need() {
    return "pooling " + pooling + " needs a label for each row";
  }
}

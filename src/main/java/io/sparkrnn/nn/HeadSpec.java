package io.sparkrnn.nn;

import io.sparkrnn.kernel.Require;
import java.io.Serializable;
import java.util.Objects;

/**
 * Pooling and the dense output layer.
 *
 * @param pooling what the dense layer sees of the steps
 * @param outputs number of outputs, K (1 for sigmoid and for regression)
 * @param activation activation of the outputs
 */
public record HeadSpec(Pooling pooling, int outputs, Activation activation)
    implements Serializable {
  public HeadSpec {
    Objects.requireNonNull(pooling, "pooling");
    Objects.requireNonNull(activation, "activation");
    Require.positive("outputs", outputs);
    if (activation == Activation.SOFTMAX && outputs < 2) {
      throw new IllegalArgumentException("softmax needs outputs >= 2, got " + outputs);
    }
  }

  /** The head of a two-class model: last state, one sigmoid. */
  public static HeadSpec binary() {
    return new HeadSpec(Pooling.LAST, 1, Activation.SIGMOID);
  }
}

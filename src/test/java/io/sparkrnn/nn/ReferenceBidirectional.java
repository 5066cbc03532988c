package io.sparkrnn.nn;

import static io.sparkrnn.nn.ReferenceMath.add;
import static io.sparkrnn.nn.ReferenceMath.concat;
import static io.sparkrnn.nn.ReferenceMath.scaled;
import static io.sparkrnn.nn.ReferenceMath.slice;
import static io.sparkrnn.nn.ReferenceMath.times;

import java.util.Arrays;
import java.util.List;

/** Two directions over the same sequence, joined step by step. */
record ReferenceBidirectional(
    ReferenceDirection forward, ReferenceDirection backward, MergeMode mode)
    implements ReferenceLayer {
  @Override
  public Outputs forward(double[][] inputs, List<DropoutMasks> masks) {
    return merge(
        forward.forward(inputs, masks.subList(0, 1)),
        reversed(backward.forward(inputs, masks.subList(1, 2))));
  }

  /** Joins the outputs of both directions, those of the backward one in the inputs' order. */
  Outputs merge(Outputs a, Outputs b) {
    double[][] steps = new double[a.steps().length][];
    Arrays.setAll(steps, t -> merge(a.steps()[t], b.steps()[t]));
    return new Outputs(steps, merge(a.last(), b.last()));
  }

  @Override
  public double[][] backward(
      double[][] inputs,
      List<DropoutMasks> masks,
      Outputs dOutputs,
      List<ReferenceWeights> gradients) {
    Outputs a = forward.forward(inputs, masks.subList(0, 1));
    Outputs b = reversed(backward.forward(inputs, masks.subList(1, 2)));
    Outputs da = split(dOutputs, b, 0);
    Outputs db = reversed(split(dOutputs, a, 1));
    double[][] dInputs = forward.backward(inputs, masks.subList(0, 1), da, gradients.subList(0, 1));
    double[][] more = backward.backward(inputs, masks.subList(1, 2), db, gradients.subList(1, 2));
    for (int t = 0; t < dInputs.length; t++) {
      add(dInputs[t], more[t]);
    }
    return dInputs;
  }

  /** From the order in which the backward direction reads to that of the inputs, or back. */
  static Outputs reversed(Outputs outputs) {
    int steps = outputs.steps().length;
    double[][] reversed = new double[steps][];
    Arrays.setAll(reversed, t -> outputs.steps()[steps - 1 - t]);
    return new Outputs(reversed, outputs.last());
  }

  private double[] merge(double[] a, double[] b) {
    if (mode == MergeMode.CONCAT) {
      return concat(a, b);
    }
    double[] merged = new double[a.length];
    Arrays.setAll(
        merged,
        j ->
            switch (mode) {
              case SUM -> a[j] + b[j];
              case MUL -> a[j] * b[j];
              case AVE -> (a[j] + b[j]) / 2;
              case CONCAT -> throw new AssertionError();
            });
    return merged;
  }

  /** The part of the derivative that belongs to one direction; {@code other} is the other's. */
  private Outputs split(Outputs d, Outputs other, int direction) {
    double[][] steps = new double[d.steps().length][];
    Arrays.setAll(steps, t -> split(d.steps()[t], other.steps()[t], direction));
    return new Outputs(steps, split(d.last(), other.last(), direction));
  }

  private double[] split(double[] d, double[] other, int direction) {
    return switch (mode) {
      case CONCAT -> slice(d, direction, other.length);
      case SUM -> d;
      case MUL -> times(d, other);
      case AVE -> scaled(d, 0.5);
    };
  }
}

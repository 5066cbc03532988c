package io.sparkrnn.nn;

import java.util.SplittableRandom;

/**
 * The dropout masks of one layer direction for one sequence, the same at every step: 0 where
 * dropped, 1 / (1 - rate) elsewhere.
 *
 * @param input multiplies x(t), I
 * @param recurrent multiplies h(t-1), H
 */
record DropoutMasks(double[] input, double[] recurrent) {
  static DropoutMasks none(ReferenceWeights weights) {
    return new DropoutMasks(
        ReferenceMath.ones(weights.kernel().numRows),
        ReferenceMath.ones(weights.recurrent().numRows));
  }

  static DropoutMasks random(ReferenceWeights weights, double rate, SplittableRandom random) {
    return new DropoutMasks(
        draw(weights.kernel().numRows, rate, random),
        draw(weights.recurrent().numRows, rate, random));
  }

  private static double[] draw(int size, double rate, SplittableRandom random) {
    return random.doubles(size).map(u -> u < rate ? 0 : 1 / (1 - rate)).toArray();
  }
}

package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.kernel.PackedMatrix;

/**
 * A layer's weights, rearranged for its products. Written by {@link InputProjection#pack} and the
 * cell; then only read, so that the tapes of a frozen network share them.
 */
final class PackedWeights {
  private final PackedMatrix input = packed();
  private final PackedMatrix inputTransposed = packed();
  private final PackedMatrix recurrent = packed();
  private final PackedMatrix recurrentTransposed = packed();
  private final PackedMatrix candidate = packed();
  private final PackedMatrix candidateTransposed = packed();
  private final float[] bias;
  private boolean packed;
  private boolean concatenated;
  private boolean transposed;

  /**
   * Creates room for weights.
   *
   * @param gateColumns G
   */
  PackedWeights(int gateColumns) {
    bias = new float[gateColumns];
  }

  private static PackedMatrix packed() {
    return new PackedMatrix(Kernels.best());
  }

  /** Says that the parameters have changed. */
  void forget() {
    packed = false;
  }

  /**
   * Whether the parameters must be packed, and notes that they will be.
   *
   * @param joint whether both kernels are wanted as one
   * @param training whether the transposes are wanted, too
   */
  boolean mustPack(boolean joint, boolean training) {
    if (packed && concatenated == joint && (transposed || !training)) {
      return false;
    }
    packed = true;
    concatenated = joint;
    transposed = training;
    return true;
  }

  /** Returns the input kernel, I x columns; not packed where it stands in one with the other. */
  PackedMatrix input() {
    return input;
  }

  PackedMatrix inputTransposed() {
    return inputTransposed;
  }

  /** Returns the recurrent kernel, or as much of it as the cell multiplies at once. */
  PackedMatrix recurrent() {
    return recurrent;
  }

  PackedMatrix recurrentTransposed() {
    return recurrentTransposed;
  }

  /** Returns the GRU candidate's part of the recurrent kernel. */
  PackedMatrix candidate() {
    return candidate;
  }

  PackedMatrix candidateTransposed() {
    return candidateTransposed;
  }

  /** Returns the biases that are added to the projected input, G. */
  float[] bias() {
    return bias;
  }
}

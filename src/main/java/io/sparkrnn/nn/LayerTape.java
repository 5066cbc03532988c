package io.sparkrnn.nn;

import java.util.List;

/** Scratch of one layer: its input, its outputs and their derivatives. */
public abstract class LayerTape {
  private final Features input;
  private final Features output;
  private float[] last = new float[0];
  private float[] dLast = new float[0];

  LayerTape(Features input, int outputSize) {
    this.input = input;
    this.output = new Features(outputSize);
  }

  Features input() {
    return input;
  }

  /** Returns the output at every step, N x outputSize; valid if sequences were asked for. */
  public Features output() {
    return output;
  }

  /**
   * Returns the state after each sequence's last step, B x outputSize; zeros for a sequence without
   * steps.
   */
  public float[] last() {
    return last;
  }

  /** Returns the derivative of the loss by {@link #last()}, B x outputSize. */
  public float[] dLast() {
    return dLast;
  }

  /** Makes room for B rows of {@code last} and its derivative. */
  void resizeLast(int batchSize) {
    int needed = batchSize * output.width();
    if (last.length < needed) {
      last = new float[needed];
      dLast = new float[needed];
    }
  }

  /** Reads from now on what another tape of the same layer has packed and projected. */
  abstract void borrow(LayerTape other);

  /**
   * Keeps from the next forward pass on only some states, and computes the rest again in the
   * backward pass; or keeps all.
   */
  abstract void setCheckpoints(boolean checkpoints);

  /** Records gradient norms by time step from the next backward pass on, or stops when null. */
  abstract void monitor(StepNorms norms);

  /** Lets gradients go back within segments of that many steps, or all the way when 0. */
  abstract void truncate(int steps);

  /** Says where the next pass starts. */
  abstract void start(PackedBatch batch, List<State> initial);

  /** Says that the next pass starts from zeros. */
  abstract void startFromZeros();

  /** Reads the states after each sequence's last step. */
  abstract void readFinal(PackedBatch batch, List<State> states);

  /** Reads the derivatives by the states before each sequence's first step. */
  abstract void readInitialGradient(PackedBatch batch, List<State> states);
}

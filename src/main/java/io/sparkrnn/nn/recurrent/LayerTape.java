package io.sparkrnn.nn.recurrent;

import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.State;
import io.sparkrnn.nn.StepNorms;
import java.util.List;

/** Scratch of one layer: its input, its outputs and their derivatives. */
public abstract class LayerTape {
  private final Features input;
  private final Features output;
  private final Features ends;
  private boolean recompute;
  private StepNorms norms;
  private int truncatedSteps;

  LayerTape(Features input, int outputSize) {
    this.input = input;
    this.output = new Features(outputSize);
    this.ends = new Features(outputSize);
  }

  /** Returns what the layer reads. */
  public final Features input() {
    return input;
  }

  /** Returns the output at every step, N x outputSize; valid if sequences were asked for. */
  public final Features output() {
    return output;
  }

  /**
   * Returns the state after each sequence's last step, B x outputSize; zeros for a sequence without
   * steps.
   */
  public final float[] last() {
    return ends.rows();
  }

  /** Returns the derivative of the loss by {@link #last()}, B x outputSize. */
  public final float[] dLast() {
    return ends.gradient();
  }

  /** Returns {@link #last} and {@link #dLast} together. */
  final Features ends() {
    return ends;
  }

  /** Makes room for B rows of {@code last} and its derivative. */
  final void reserveLast(int batchSize) {
    ends.resize(batchSize, null);
    ends.clearGradient();
  }

  /** Returns the directions' tapes, the forward one first. */
  abstract RecurrentTape[] directions();

  /** Reads from now on what another tape of the same layer has packed and projected. */
  public final void borrow(LayerTape other) {
    for (int i = 0; i < directions().length; i++) {
      directions()[i].share(other.directions()[i]);
    }
  }

  /**
   * Keeps from the next forward pass on only some states, and computes the rest again in the
   * backward pass; or keeps all.
   */
  public final void recompute(boolean recompute) {
    for (LayerTape direction : directions()) {
      direction.recompute = recompute;
    }
  }

  /** Records gradient norms by time step from the next backward pass on, or stops when null. */
  public final void monitor(StepNorms norms) {
    for (LayerTape direction : directions()) {
      direction.norms = norms;
    }
  }

  /** Lets gradients go back within segments of that many steps, or all the way when 0. */
  public final void truncate(int steps) {
    for (LayerTape direction : directions()) {
      direction.truncatedSteps = steps;
    }
  }

  /** Says where the next pass starts: a state for each direction, or null for zeros. */
  public final void startFrom(PackedBatch batch, List<State> initial) {
    for (int i = 0; i < directions().length; i++) {
      directions()[i].states.startFrom(batch, initial == null ? null : initial.get(i));
    }
  }

  /** Reads the states after each sequence's last step. */
  public final void readFinal(PackedBatch batch, List<State> states) {
    for (int i = 0; i < directions().length; i++) {
      directions()[i].states.last().read(batch, states.get(i));
    }
  }

  /** Reads the derivatives by the states before each sequence's first step. */
  public final void readInitialGradient(PackedBatch batch, List<State> states) {
    for (int i = 0; i < directions().length; i++) {
      directions()[i].dStates.read(batch, states.get(i));
    }
  }

  /** Whether only the states between segments are kept from the forward pass. */
  final boolean recomputes() {
    return recompute;
  }

  /** Returns where to record norms, or null. */
  final StepNorms norms() {
    return norms;
  }

  /** Returns the steps of a segment that gradients do not leave, 0 for no truncation. */
  final int truncatedSteps() {
    return truncatedSteps;
  }
}

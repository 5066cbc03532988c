package io.sparkrnn.nn.recurrent;

import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.State;
import io.sparkrnn.nn.StepNorms;
import java.util.List;

/** Scratch of one layer: its input, its outputs and their derivatives. */
public abstract class LayerTape {
  private final Features input;
  private final Features output;
  private final Rows last;
  private final Rows dLast;

  LayerTape(Features input, int outputSize) {
    this.input = input;
    this.output = new Features(outputSize);
    last = new Rows(outputSize);
    dLast = new Rows(outputSize);
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
    return last.data();
  }

  /** Returns the derivative of the loss by {@link #last()}, B x outputSize. */
  public final float[] dLast() {
    return dLast.data();
  }

  final Rows lastRows() {
    return last;
  }

  final Rows dLastRows() {
    return dLast;
  }

  /** Makes room for B rows of {@code last} and its derivative. */
  final void reserveLast(int batchSize) {
    last.reserve(batchSize);
    dLast.reserve(batchSize);
  }

  /** Reads from now on what another tape of the same layer has packed and projected. */
  public abstract void borrow(LayerTape other);

  /**
   * Keeps from the next forward pass on only some states, and computes the rest again in the
   * backward pass; or keeps all.
   */
  public abstract void recompute(boolean recompute);

  /** Records gradient norms by time step from the next backward pass on, or stops when null. */
  public abstract void monitor(StepNorms norms);

  /** Lets gradients go back within segments of that many steps, or all the way when 0. */
  public abstract void truncate(int steps);

  /** Says where the next pass starts. */
  public abstract void startFrom(PackedBatch batch, List<State> initial);

  /** Says that the next pass starts from zeros. */
  public abstract void startFromZeros();

  /** Reads the states after each sequence's last step. */
  public abstract void readFinal(PackedBatch batch, List<State> states);

  /** Reads the derivatives by the states before each sequence's first step. */
  public abstract void readInitialGradient(PackedBatch batch, List<State> states);
}

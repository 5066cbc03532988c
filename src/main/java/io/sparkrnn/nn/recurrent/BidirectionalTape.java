package io.sparkrnn.nn.recurrent;

import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.State;
import io.sparkrnn.nn.StepNorms;
import java.util.List;

/** The two directions' tapes and the merged outputs. */
final class BidirectionalTape extends LayerTape {
  private final RecurrentTape forward;
  private final RecurrentTape backward;

  BidirectionalTape(Features input, int outputSize, RecurrentTape forward, RecurrentTape backward) {
    super(input, outputSize);
    this.forward = forward;
    this.backward = backward;
  }

  RecurrentTape forward() {
    return forward;
  }

  RecurrentTape backward() {
    return backward;
  }

  @Override
  public void borrow(LayerTape other) {
    forward.borrow(((BidirectionalTape) other).forward);
    backward.borrow(((BidirectionalTape) other).backward);
  }

  @Override
  public void recompute(boolean recompute) {
    forward.recompute(recompute);
    backward.recompute(recompute);
  }

  @Override
  public void truncate(int steps) {
    forward.truncate(steps);
    backward.truncate(steps);
  }

  @Override
  public void monitor(StepNorms norms) {
    forward.monitor(norms);
    backward.monitor(norms);
  }

  @Override
  public void startFrom(PackedBatch batch, List<State> initial) {
    forward.startFrom(batch, initial.subList(0, 1));
    backward.startFrom(batch, initial.subList(1, 2));
  }

  @Override
  public void startFromZeros() {
    forward.startFromZeros();
    backward.startFromZeros();
  }

  @Override
  public void readFinal(PackedBatch batch, List<State> states) {
    forward.readFinal(batch, states.subList(0, 1));
    backward.readFinal(batch, states.subList(1, 2));
  }

  @Override
  public void readInitialGradient(PackedBatch batch, List<State> states) {
    forward.readInitialGradient(batch, states.subList(0, 1));
    backward.readInitialGradient(batch, states.subList(1, 2));
  }
}

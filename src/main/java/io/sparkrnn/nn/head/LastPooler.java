package io.sparkrnn.nn.head;

import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.recurrent.LayerTape;
import java.util.SplittableRandom;

/** Takes the state after the last step. */
record LastPooler(int outputSize) implements Pooler {

  @Override
  public boolean readsSequences() {
    return false;
  }

  @Override
  public void initialize(float[] parameters, SplittableRandom random) {}

  @Override
  public PoolTape newTape() {
    return new PoolTape();
  }

  @Override
  public void forward(float[] parameters, PackedBatch batch, LayerTape layer, PoolTape tape) {
    tape.resize(batch.size() * outputSize);
    System.arraycopy(layer.last(), 0, tape.pooled, 0, batch.size() * outputSize);
  }

  @Override
  public void backward(
      float[] parameters, PackedBatch batch, LayerTape layer, PoolTape tape, float[] gradient) {
    System.arraycopy(tape.dPooled, 0, layer.dLast(), 0, batch.size() * outputSize);
  }
}

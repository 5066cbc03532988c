package io.sparkrnn.nn.head;

import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.recurrent.LayerTape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * No pooling: the dense layer sees every real step (Keras: {@code return_sequences=True} and {@code
 * TimeDistributed(Dense)}), N rows instead of B.
 */
record EveryStepPooler(int outputSize) implements Pooler {

  @Override
  public boolean readsSequences() {
    return true;
  }

  @Override
  public int rows(PackedBatch batch) {
    return batch.tokens();
  }

  @Override
  public long trainingFloats(int tokens, int outputs) {
    return tokens * 2L * (outputSize + outputs);
  }

  @Override
  public void initialize(float[] parameters, SplittableRandom random) {}

  @Override
  public PoolTape newTape() {
    return new PoolTape();
  }

  @Override
  public void forward(float[] parameters, PackedBatch batch, LayerTape layer, PoolTape tape) {
    int size = batch.tokens() * outputSize;
    tape.resize(size);
    System.arraycopy(layer.output().rows(), 0, tape.pooled, 0, size);
  }

  @Override
  public void backward(
      float[] parameters, PackedBatch batch, LayerTape layer, PoolTape tape, float[] gradient) {
    Arrays.fill(layer.dLast(), 0, batch.size() * outputSize, 0f);
    layer.output().clearGradient();
    System.arraycopy(tape.dPooled, 0, layer.output().gradient(), 0, batch.tokens() * outputSize);
  }
}

package io.sparkrnn.nn.head;

import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.recurrent.LayerTape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Maximum and mean over the real steps, one or both (Keras {@code GlobalMaxPooling1D}, {@code
 * GlobalAveragePooling1D} with a mask). A sequence without steps gives zeros.
 *
 * @param inputSize H
 * @param max whether the maximum is taken; it comes first
 * @param mean whether the mean is taken
 */
record StepPooler(int inputSize, boolean max, boolean mean) implements Pooler {

  @Override
  public int outputSize() {
    return max && mean ? 2 * inputSize : inputSize;
  }

  @Override
  public boolean readsSequences() {
    return true;
  }

  @Override
  public void initialize(float[] parameters, SplittableRandom random) {}

  @Override
  public PoolTape newTape() {
    return new PoolTape();
  }

  @Override
  public void forward(float[] parameters, PackedBatch batch, LayerTape layer, PoolTape tape) {
    int width = outputSize();
    tape.resize(batch.size() * width);
    Arrays.fill(tape.pooled, 0, batch.size() * width, 0f);
    if (tape.place.length < batch.size() * inputSize) {
      tape.place = new float[batch.size() * inputSize];
    }
    float[] rows = layer.output().rows();
    for (int t = 0; t < batch.steps(); t++) {
      for (int b = 0; b < batch.live(t); b++) {
        int step = batch.offset(t) + b;
        if (max) {
          takeMax(rows, step * inputSize, t, tape, b);
        }
        if (mean) {
          addMean(
              rows, step * inputSize, tape.pooled, b * width + width - inputSize, batch.length(b));
        }
      }
    }
  }

  private void takeMax(float[] rows, int from, int t, PoolTape tape, int b) {
    int to = b * outputSize();
    int place = b * inputSize;
    if (t == 0) {
      System.arraycopy(rows, from, tape.pooled, to, inputSize);
      Arrays.fill(tape.place, place, place + inputSize, t);
    } else {
      tape.kernels.takeMax(inputSize, rows, from, t, tape.pooled, to, tape.place, place);
    }
  }

  private void addMean(float[] rows, int from, float[] pooled, int to, int length) {
    float scale = 1f / length;
    for (int i = 0; i < inputSize; i++) {
      pooled[to + i] = Math.fma(scale, rows[from + i], pooled[to + i]);
    }
  }

  @Override
  public void backward(
      float[] parameters, PackedBatch batch, LayerTape layer, PoolTape tape, float[] gradient) {
    int width = outputSize();
    Arrays.fill(layer.dLast(), 0, batch.size() * inputSize, 0f);
    layer.output().clearGradient();
    float[] d = layer.output().gradient();
    for (int b = 0; b < batch.size() && batch.length(b) > 0; b++) {
      if (max) {
        for (int i = 0; i < inputSize; i++) {
          int t = (int) tape.place[b * inputSize + i];
          d[(batch.offset(t) + b) * inputSize + i] += tape.dPooled[b * width + i];
        }
      }
      for (int t = 0; mean && t < batch.length(b); t++) {
        int to = (batch.offset(t) + b) * inputSize;
        addMean(tape.dPooled, b * width + width - inputSize, d, to, batch.length(b));
      }
    }
  }
}

package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.Initializers;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.nn.recurrent.LayerTape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Additive attention over the real steps.
 *
 * <pre>
 *   u(t) = tanh(h(t) W + b)      score(t) = v . u(t)
 *   a = softmax(score)           pooled = sum over t of a(t) h(t)
 * </pre>
 *
 * <p>W is H x H. A sequence without steps gives zeros.
 *
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau et al., 2015</a>
 * @see <a href="https://aclanthology.org/N16-1174/">Yang et al., 2016</a>
 */
final class AttentionPooler implements Pooler {
  private final int size;
  private final Dense dense;
  private final int contextOffset;

  AttentionPooler(int inputSize, ParameterLayout.Builder layout) {
    size = inputSize;
    dense = new Dense("attention", inputSize, inputSize, layout);
    contextOffset = layout.add("attention/context", inputSize);
  }

  @Override
  public int outputSize() {
    return size;
  }

  @Override
  public boolean readsSequences() {
    return true;
  }

  @Override
  public long trainingFloats(int tokens, int outputs) {
    return 2 * (tokens + (long) size) * (size + 1);
  }

  @Override
  public void initialize(float[] parameters, SplittableRandom random) {
    dense.initialize(parameters, random);
    Initializers.glorotUniform(parameters, contextOffset, size, 1, random);
  }

  @Override
  public PoolTape newTape() {
    return new AttentionTape();
  }

  @Override
  public void forward(float[] parameters, PackedBatch batch, LayerTape layer, PoolTape poolTape) {
    AttentionTape tape = (AttentionTape) poolTape;
    tape.resize(batch, size);
    Arrays.fill(tape.pooled, 0, batch.size() * size, 0f);
    float[] h = layer.output().rows();
    dense.pack(parameters, tape.dense);
    dense.forward(parameters, batch.tokens(), h, tape.hidden, tape.dense);
    Kernels.best().tanh(batch.tokens() * size, tape.hidden, 0);
    for (int step = 0; step < batch.tokens(); step++) {
      tape.weights[step] = dot(parameters, contextOffset, tape.hidden, step * size);
    }
    for (int b = 0; b < batch.size() && batch.length(b) > 0; b++) {
      softmax(batch, b, tape.weights);
      for (int t = 0; t < batch.length(b); t++) {
        int step = batch.offset(t) + b;
        addScaled(tape.weights[step], h, step * size, tape.pooled, b * size);
      }
    }
  }

  private static void softmax(PackedBatch batch, int b, float[] scores) {
    double max = Double.NEGATIVE_INFINITY;
    for (int t = 0; t < batch.length(b); t++) {
      max = Math.max(max, scores[batch.offset(t) + b]);
    }
    double sum = 0;
    for (int t = 0; t < batch.length(b); t++) {
      sum += StrictMath.exp(scores[batch.offset(t) + b] - max);
    }
    for (int t = 0; t < batch.length(b); t++) {
      int step = batch.offset(t) + b;
      scores[step] = (float) (StrictMath.exp(scores[step] - max) / sum);
    }
  }

  @Override
  public void backward(
      float[] parameters, PackedBatch batch, LayerTape layer, PoolTape poolTape, float[] gradient) {
    AttentionTape tape = (AttentionTape) poolTape;
    Arrays.fill(layer.dLast(), 0, batch.size() * size, 0f);
    layer.output().clearGradient();
    float[] h = layer.output().rows();
    float[] dh = layer.output().gradient();
    for (int b = 0; b < batch.size() && batch.length(b) > 0; b++) {
      double mean = 0;
      for (int t = 0; t < batch.length(b); t++) {
        int step = batch.offset(t) + b;
        tape.dScores[step] = dot(tape.dPooled, b * size, h, step * size);
        mean += (double) tape.weights[step] * tape.dScores[step];
      }
      for (int t = 0; t < batch.length(b); t++) {
        int step = batch.offset(t) + b;
        addScaled(tape.weights[step], tape.dPooled, b * size, dh, step * size);
        tape.dScores[step] = (float) (tape.weights[step] * (tape.dScores[step] - mean));
      }
    }
    for (int step = 0; step < batch.tokens(); step++) {
      float d = tape.dScores[step];
      addScaled(d, tape.hidden, step * size, gradient, contextOffset);
      for (int i = 0; i < size; i++) {
        float u = tape.hidden[step * size + i];
        tape.dHidden[step * size + i] = d * parameters[contextOffset + i] * Math.fma(-u, u, 1f);
      }
    }
    dense.backward(batch.tokens(), h, tape.dHidden, dh, true, gradient, tape.dense);
  }

  private float dot(float[] x, int xi, float[] y, int yi) {
    float sum = 0;
    for (int i = 0; i < size; i++) {
      sum = Math.fma(x[xi + i], y[yi + i], sum);
    }
    return sum;
  }

  private void addScaled(float scale, float[] x, int xi, float[] y, int yi) {
    for (int i = 0; i < size; i++) {
      y[yi + i] = Math.fma(scale, x[xi + i], y[yi + i]);
    }
  }

  /** Scratch: u and its derivative N x H, the scores' derivatives N. */
  private static final class AttentionTape extends PoolTape {
    private final Dense.Tape dense = new Dense.Tape();
    private float[] hidden = new float[0];
    private float[] dHidden = new float[0];
    private float[] dScores = new float[0];

    void resize(PackedBatch batch, int size) {
      resize(batch.size() * size);
      hidden = Scratch.grown(hidden, batch.tokens() * size);
      dHidden = Scratch.grown(dHidden, batch.tokens() * size);
      weights = Scratch.grown(weights, batch.tokens());
      dScores = Scratch.grown(dScores, batch.tokens());
    }
  }
}

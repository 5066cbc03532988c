package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.chain.Chain;
import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.nn.recurrent.LayerTape;
import io.sparkrnn.nn.targets.BatchTargets;
import java.util.SplittableRandom;

/**
 * A dense layer over each step, and a linear-chain conditional random field over the labels of a
 * sequence.
 *
 * <pre>
 *   z = h W + b     loss = weight * (log of the sum over all y' of exp(score(y')) - score(y))
 * </pre>
 *
 * <p>Losses are of sequences; their mean is taken over steps, as that of other heads at every step.
 * Predictions are N x (K + 1): marginal probabilities, and the label of the most probable path.
 */
final class CrfHead implements Head {
  private final TagHead spec;
  private final int inputSize;
  private final int labels;
  private final Pooler pooler;
  private final Dense dense;
  private final int transitionsOffset;

  CrfHead(TagHead spec, int inputSize, ParameterLayout.Builder layout) {
    this.spec = spec;
    this.inputSize = inputSize;
    labels = spec.outputs();
    pooler = Pooler.of(Pooling.EVERY_STEP, inputSize, layout);
    dense = new Dense("dense", inputSize, labels, layout);
    transitionsOffset = layout.add("crf/transitions", labels, labels);
    layout.add("crf/start", labels);
    layout.add("crf/end", labels);
  }

  @Override
  public boolean readsSequences() {
    return true;
  }

  @Override
  public int predictions(PackedBatch batch) {
    return batch.tokens();
  }

  @Override
  public void check(LossFunction loss, PackedBatch batch) {
    spec.check(loss.loss());
    spec.checkTargets(batch.targets().kind(), "batch");
    if (loss.labelSmoothing() > 0) {
      throw new IllegalArgumentException(
          "labelSmoothing must be 0 for a CRF, got " + loss.labelSmoothing());
    }
  }

  /** Every transition is as good as any other at first. */
  @Override
  public void initialize(float[] parameters, SplittableRandom random) {
    pooler.initialize(parameters, random.split());
    dense.initialize(parameters, random.split());
  }

  @Override
  public HeadTape newTape() {
    return new CrfTape(pooler.newTape(), labels);
  }

  @Override
  public long trainingFloats(int tokens, int batchSize) {
    return tokens * (2L * inputSize + 2L * labels + 1)
        + 4L * labels * (labels + tokens / Math.max(1, batchSize))
        + Scratch.floats(inputSize);
  }

  @Override
  public void pack(float[] parameters, HeadTape tape) {
    dense.pack(parameters, own(tape).dense());
    own(tape).setChain(new Chain(parameters, transitionsOffset, labels));
  }

  @Override
  public void forward(
      float[] parameters,
      PackedBatch batch,
      LayerTape top,
      HeadTape headTape,
      boolean training,
      SplittableRandom random) {
    CrfTape tape = own(headTape);
    pooler.forward(parameters, batch, top, tape.pool());
    tape.resize(batch.tokens() * labels);
    dense.forward(parameters, batch.tokens(), tape.pool().pooled, tape.logits(), tape.dense());
  }

  @Override
  public void predict(PackedBatch batch, HeadTape headTape) {
    CrfTape tape = own(headTape);
    tape.resizePredictions(batch.tokens() * (labels + 1));
    for (int b = 0; b < batch.size(); b++) {
      int length = read(batch, b, tape);
      if (length > 0) {
        tape.chain().sum(length, tape.sequence());
        tape.chain().marginals(length, tape.sequence());
        int[] path = tape.chain().bestPath(length, tape.sequence());
        for (int t = 0; t < length; t++) {
          int at = (batch.offset(t) + b) * (labels + 1);
          for (int k = 0; k < labels; k++) {
            tape.predictions()[at + k] = (float) tape.sequence().marginal(t, k);
          }
          tape.predictions()[at + labels] = path[t];
        }
      }
    }
  }

  /** Copies the values of a sequence; returns its length. */
  private int read(PackedBatch batch, int b, CrfTape tape) {
    int length = batch.length(b);
    tape.sequence().resize(length);
    for (int t = 0; t < length; t++) {
      int at = (batch.offset(t) + b) * labels;
      for (int k = 0; k < labels; k++) {
        tape.sequence().setValue(t, k, tape.logits()[at + k]);
      }
    }
    return length;
  }

  @Override
  public double lossAndGradient(
      PackedBatch batch, int count, LossFunction loss, HeadTape headTape, float[] gradient) {
    CrfTape tape = own(headTape);
    double[] dChain = tape.clearedChainGradient();
    double sum = 0;
    for (int b = 0; b < batch.size(); b++) {
      int length = read(batch, b, tape);
      if (length > 0) {
        int[] path = path(batch, b, length);
        double weight = batch.targets().weight(batch.offset(0) + b);
        double scale = weight / count;
        double all = tape.chain().sum(length, tape.sequence());
        sum += weight * (all - tape.chain().score(path, tape.sequence()));
        tape.chain().marginals(length, tape.sequence());
        tape.chain().addGradient(path, scale, tape.sequence(), dChain);
        for (int t = 0; t < length; t++) {
          int at = (batch.offset(t) + b) * labels;
          for (int k = 0; k < labels; k++) {
            double hit = k == path[t] ? 1 : 0;
            tape.logits()[at + k] = (float) (scale * (tape.sequence().marginal(t, k) - hit));
          }
        }
      }
    }
    for (int i = 0; i < dChain.length; i++) {
      gradient[transitionsOffset + i] += (float) dChain[i];
    }
    return sum;
  }

  private int[] path(PackedBatch batch, int b, int length) {
    BatchTargets targets = batch.targets();
    int[] path = new int[length];
    for (int t = 0; t < length; t++) {
      float label = targets.value(batch.offset(t) + b);
      path[t] = (int) label;
      if (path[t] != label || path[t] < 0 || path[t] >= labels) {
        throw new IllegalArgumentException("label " + label + " is outside [0, " + labels + ")");
      }
    }
    return path;
  }

  @Override
  public void backward(
      float[] parameters, PackedBatch batch, LayerTape top, HeadTape headTape, float[] gradient) {
    CrfTape tape = own(headTape);
    PoolTape pool = tape.pool();
    dense.backward(
        batch.tokens(), pool.pooled, tape.logits(), pool.dPooled, false, gradient, tape.dense());
    pooler.backward(parameters, batch, top, pool, gradient);
  }

  private static CrfTape own(HeadTape tape) {
    return (CrfTape) tape;
  }
}

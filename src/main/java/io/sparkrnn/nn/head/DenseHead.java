package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.nn.output.Output;
import io.sparkrnn.nn.recurrent.LayerTape;
import io.sparkrnn.nn.targets.BatchTargets;
import java.util.SplittableRandom;

/**
 * A dense layer over pooled steps, or over each step.
 *
 * <pre>
 *   p = pooling of h(1) .. h(T)     z = p W + b     y = activation(z)
 *   d = weight * dloss(y, target)/dz / number of predictions
 * </pre>
 */
final class DenseHead implements Head {
  private final HeadSpec spec;
  private final int inputSize;
  private final int outputs;
  private final Pooler pooler;
  private final Dense dense;
  private final Output output;

  DenseHead(HeadSpec spec, int inputSize, ParameterLayout.Builder layout) {
    this.spec = spec;
    this.inputSize = inputSize;
    outputs = spec.outputs();
    pooler = Pooler.of(spec.pooling(), inputSize, layout);
    dense = new Dense("dense", pooler.outputSize(), outputs, layout);
    output = Output.of(spec);
  }

  @Override
  public boolean readsSequences() {
    return pooler.readsSequences();
  }

  @Override
  public int predictions(PackedBatch batch) {
    return pooler.rows(batch);
  }

  @Override
  public void check(LossFunction loss, PackedBatch batch) {
    spec.check(loss.loss());
    spec.checkTargets(batch.targets().kind(), "batch");
  }

  @Override
  public void initialize(float[] parameters, SplittableRandom random) {
    pooler.initialize(parameters, random.split());
    dense.initialize(parameters, random.split());
  }

  @Override
  public HeadTape newTape() {
    return new DenseHeadTape(pooler.newTape());
  }

  @Override
  public long trainingFloats(int tokens, int batchSize) {
    return batchSize * (6L * inputSize + 2L * outputs)
        + pooler.trainingFloats(tokens, outputs)
        + Scratch.floats(pooler.outputSize());
  }

  @Override
  public void pack(float[] parameters, HeadTape tape) {
    dense.pack(parameters, own(tape).dense());
  }

  @Override
  public void forward(
      float[] parameters,
      PackedBatch batch,
      LayerTape top,
      HeadTape headTape,
      boolean training,
      SplittableRandom dropout) {
    DenseHeadTape tape = own(headTape);
    pooler.forward(parameters, batch, top, tape.pool());
    int rows = pooler.rows(batch);
    tape.resize(rows * outputs);
    dense.forward(parameters, rows, tape.pool().pooled, tape.logits(), tape.dense());
  }

  @Override
  public void predict(PackedBatch batch, HeadTape tape) {
    float[] logits = own(tape).logits();
    for (int row = 0; row < pooler.rows(batch); row++) {
      output.activate(logits, tape.predictions(), row * outputs);
    }
  }

  @Override
  public double lossAndGradient(
      PackedBatch batch, int count, LossFunction loss, HeadTape tape, float[] gradient) {
    float[] logits = own(tape).logits();
    BatchTargets targets = batch.targets();
    double smoothing = loss.labelSmoothing();
    double sum = 0;
    for (int row = 0; row < pooler.rows(batch); row++) {
      double weight = targets.weight(row);
      sum +=
          weight
              * output.lossAndGradient(
                  smoothing, targets, row, weight / count, logits, row * outputs);
    }
    return sum;
  }

  @Override
  public void backward(
      float[] parameters, PackedBatch batch, LayerTape top, HeadTape headTape, float[] gradient) {
    DenseHeadTape tape = own(headTape);
    PoolTape pool = tape.pool();
    dense.backward(
        pooler.rows(batch),
        pool.pooled,
        tape.logits(),
        pool.dPooled,
        false,
        gradient,
        tape.dense());
    pooler.backward(parameters, batch, top, pool, gradient);
  }

  private static DenseHeadTape own(HeadTape tape) {
    return (DenseHeadTape) tape;
  }
}

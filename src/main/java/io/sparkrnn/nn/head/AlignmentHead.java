package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.nn.recurrent.LayerTape;
import io.sparkrnn.nn.targets.BatchTargets;
import java.util.SplittableRandom;

/**
 * The head of a {@link CtcHead}: a dense layer over each step, and the loss of the labels by all of
 * their paths. Predictions are softmax probabilities, N x K.
 *
 * <pre>
 *   z(t) = h(t) W + b     y(t) = softmax(z(t))
 *   d = weight * d(-log p(labels) / number of labels)/dz / number of rows
 * </pre>
 */
final class AlignmentHead implements Head {
  private final CtcHead spec;
  private final int outputs;
  private final EveryStepPooler steps;
  private final Dense dense;

  /**
   * Creates the head and appends its variables.
   *
   * @param inputSize H
   */
  AlignmentHead(CtcHead spec, int inputSize, ParameterLayout.Builder layout) {
    this.spec = spec;
    outputs = spec.outputs();
    steps = new EveryStepPooler(inputSize);
    dense = new Dense("dense", inputSize, outputs, layout);
  }

  @Override
  public boolean readsSequences() {
    return true;
  }

  @Override
  public int predictions(PackedBatch batch) {
    return batch.size();
  }

  @Override
  public void check(LossFunction loss, PackedBatch batch) {
    spec.check(loss.loss());
    spec.checkTargets(batch.targets().kind(), "batch");
    if (loss.labelSmoothing() > 0) {
      throw new IllegalArgumentException(
          "labelSmoothing must be 0 for transcribing, got " + loss.labelSmoothing());
    }
  }

  @Override
  public void initialize(float[] parameters, SplittableRandom random) {
    dense.initialize(parameters, random.split());
  }

  @Override
  public HeadTape newTape() {
    return new AlignmentTape();
  }

  @Override
  public long trainingFloats(int tokens, int batchSize) {
    return steps.trainingFloats(tokens, outputs) + Scratch.floats(steps.outputSize());
  }

  @Override
  public void pack(float[] parameters, HeadTape tape) {
    dense.pack(parameters, own(tape).dense);
  }

  @Override
  public void forward(
      float[] parameters,
      PackedBatch batch,
      LayerTape top,
      HeadTape headTape,
      boolean training,
      SplittableRandom dropout) {
    AlignmentTape tape = own(headTape);
    steps.forward(parameters, batch, top, tape.pool);
    tape.logits = Scratch.grown(tape.logits, batch.tokens() * outputs);
    dense.forward(parameters, batch.tokens(), tape.pool.pooled, tape.logits, tape.dense);
  }

  @Override
  public void predict(PackedBatch batch, HeadTape headTape) {
    AlignmentTape tape = own(headTape);
    tape.resizePredictions(batch.tokens() * outputs);
    CtcLattice lattice = tape.lattice;
    lattice.begin(1, outputs);
    for (int step = 0; step < batch.tokens(); step++) {
      lattice.setLogits(0, tape.logits, step * outputs);
      for (int k = 0; k < outputs; k++) {
        tape.predictions()[step * outputs + k] = (float) StrictMath.exp(lattice.log(0, k));
      }
    }
  }

  @Override
  public double lossAndGradient(
      PackedBatch batch, int count, LossFunction loss, HeadTape headTape, float[] gradient) {
    AlignmentTape tape = own(headTape);
    BatchTargets targets = batch.targets();
    double sum = 0;
    for (int b = 0; b < batch.size(); b++) {
      int from = targets.start(b);
      int to = targets.start(b + 1);
      double weight = (double) targets.weight(b) / Math.max(1, to - from);
      sum -= weight * logProbability(batch, b, targets.ids(), from, to, weight / count, tape);
    }
    return sum;
  }

  /** Returns log p of a row's labels, and puts the derivatives in the place of its logits. */
  private double logProbability(
      PackedBatch batch, int b, int[] labels, int from, int to, double factor, AlignmentTape tape) {
    check(batch, b, labels, from, to);
    CtcLattice lattice = tape.lattice;
    int length = batch.length(b);
    lattice.begin(length, outputs);
    for (int t = 0; t < length; t++) {
      lattice.setLogits(t, tape.logits, (batch.offset(t) + b) * outputs);
    }
    double logProbability = lattice.logProbability(labels, from, to);
    lattice.differentiate();
    for (int t = 0; t < length; t++) {
      lattice.gradient(t, logProbability, factor, tape.logits, (batch.offset(t) + b) * outputs);
    }
    return logProbability;
  }

  private void check(PackedBatch batch, int b, int[] labels, int from, int to) {
    for (int i = from; i < to; i++) {
      if (labels[i] <= CtcHead.BLANK || labels[i] >= outputs) {
        throw new IllegalArgumentException(
            "labels must be in [1, %d), got %d".formatted(outputs, labels[i]));
      }
    }
    int least = CtcHead.leastSteps(labels, from, to);
    if (batch.length(b) < Math.max(1, least)) {
      throw new IllegalArgumentException(
          "row %d must have at least the %d steps that its labels need, got %d"
              .formatted(batch.position(b), Math.max(1, least), batch.length(b)));
    }
  }

  @Override
  public void backward(
      float[] parameters, PackedBatch batch, LayerTape top, HeadTape headTape, float[] gradient) {
    AlignmentTape tape = own(headTape);
    dense.backward(
        batch.tokens(),
        tape.pool.pooled,
        tape.logits,
        tape.pool.dPooled,
        false,
        gradient,
        tape.dense);
    steps.backward(parameters, batch, top, tape.pool, gradient);
  }

  private static AlignmentTape own(HeadTape tape) {
    return (AlignmentTape) tape;
  }
}

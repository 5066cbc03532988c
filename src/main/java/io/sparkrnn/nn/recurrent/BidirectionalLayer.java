package io.sparkrnn.nn.recurrent;

import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.ParameterLayout;
import java.util.SplittableRandom;

/**
 * Two directions over the same input, their outputs merged step by step (Keras layer {@code
 * Bidirectional}; Schuster and Paliwal, 1997). The last output of the backward direction is the one
 * at the sequence's first step.
 */
final class BidirectionalLayer implements SequenceLayer {
  private final RecurrentLayer forward;
  private final RecurrentLayer backward;
  private final MergeMode mode;
  private final int units;
  private final int outputSize;

  BidirectionalLayer(
      LayerSpec.Bidirectional spec, int inputSize, String path, ParameterLayout.Builder layout) {
    String name = spec.layer().cell().kerasName();
    String cell = name + "/" + name + "_cell";
    forward = new RecurrentLayer(spec.layer(), inputSize, path + "/forward_" + cell, layout);
    backward =
        new RecurrentLayer(spec.layer().reversed(), inputSize, path + "/backward_" + cell, layout);
    mode = spec.mergeMode();
    units = spec.layer().units();
    outputSize = spec.outputSize();
  }

  @Override
  public int outputSize() {
    return outputSize;
  }

  @Override
  public LayerTape newTape(Features input) {
    return new BidirectionalTape(
        input, outputSize, forward.newTape(input), backward.newTape(input));
  }

  @Override
  public long trainingFloats(TapeShape shape, boolean tokens, boolean sequences) {
    long steps = sequences ? shape.tokens() : 0;
    return forward.trainingFloats(shape, tokens, sequences)
        + backward.trainingFloats(shape, tokens, sequences)
        + 2 * (steps + shape.batchSize()) * outputSize;
  }

  @Override
  public void initialize(float[] parameters, SplittableRandom random) {
    forward.initialize(parameters, random);
    backward.initialize(parameters, random);
  }

  @Override
  public void pack(float[] parameters, LayerTape layerTape) {
    BidirectionalTape tape = (BidirectionalTape) layerTape;
    forward.pack(parameters, tape.forward());
    backward.pack(parameters, tape.backward());
  }

  @Override
  public void forward(
      float[] parameters,
      PackedBatch batch,
      LayerTape layerTape,
      boolean sequences,
      boolean training,
      SplittableRandom dropout) {
    BidirectionalTape tape = (BidirectionalTape) layerTape;
    forward.forward(parameters, batch, tape.forward(), sequences, training, dropout);
    backward.forward(parameters, batch, tape.backward(), sequences, training, dropout);
    tape.reserveLast(batch.size());
    RecurrentTape x = tape.forward();
    RecurrentTape y = tape.backward();
    merge(x.ends(), y.ends(), tape.ends(), null);
    if (sequences) {
      tape.output().resize(batch.tokens(), null);
      merge(x.output(), y.output(), tape.output(), batch.reversed());
    }
  }

  /**
   * z = x merged with y, row by row.
   *
   * @param order the row of y for each row of x, or null for the same
   */
  private void merge(Features x, Features y, Features z, int[] order) {
    for (int row = 0; row < z.count(); row++) {
      int xi = x.all().at(row);
      int yi = y.all().at(order == null ? row : order[row]);
      int zi = z.all().at(row);
      if (mode == MergeMode.CONCAT) {
        System.arraycopy(x.rows(), xi, z.rows(), zi, units);
        System.arraycopy(y.rows(), yi, z.rows(), zi + units, units);
      } else {
        merge(x.rows(), xi, y.rows(), yi, z.rows(), zi);
      }
    }
  }

  private void merge(float[] x, int xi, float[] y, int yi, float[] z, int zi) {
    for (int i = 0; i < units; i++) {
      float a = x[xi + i];
      float b = y[yi + i];
      z[zi + i] = mode == MergeMode.MUL ? a * b : mode == MergeMode.SUM ? a + b : 0.5f * (a + b);
    }
  }

  @Override
  public void backward(
      float[] parameters,
      PackedBatch batch,
      LayerTape layerTape,
      boolean sequences,
      float[] gradient) {
    BidirectionalTape tape = (BidirectionalTape) layerTape;
    RecurrentTape x = tape.forward();
    RecurrentTape y = tape.backward();
    mergeBackward(x.ends(), y.ends(), tape.ends(), null);
    if (sequences) {
      x.output().clearGradient();
      y.output().clearGradient();
      mergeBackward(x.output(), y.output(), tape.output(), batch.reversed());
    }
    forward.backward(parameters, batch, x, sequences, gradient);
    backward.backward(parameters, batch, y, sequences, gradient);
  }

  /** From the derivative by z to those by x and y. */
  private void mergeBackward(Features x, Features y, Features z, int[] order) {
    float share = mode == MergeMode.AVE ? 0.5f : 1f;
    float[] dx = x.gradient();
    float[] dy = y.gradient();
    float[] dz = z.gradient();
    for (int row = 0; row < z.count(); row++) {
      int xi = x.all().at(row);
      int yi = y.all().at(order == null ? row : order[row]);
      int zi = z.all().at(row);
      if (mode == MergeMode.CONCAT) {
        System.arraycopy(dz, zi, dx, xi, units);
        System.arraycopy(dz, zi + units, dy, yi, units);
        continue;
      }
      for (int i = 0; i < units; i++) {
        float d = dz[zi + i] * share;
        dx[xi + i] = mode == MergeMode.MUL ? d * y.rows()[yi + i] : d;
        dy[yi + i] = mode == MergeMode.MUL ? d * x.rows()[xi + i] : d;
      }
    }
  }

  @Override
  public void finish(LayerTape layerTape, float[] gradient) {
    BidirectionalTape tape = (BidirectionalTape) layerTape;
    forward.finish(tape.forward(), gradient);
    backward.finish(tape.backward(), gradient);
  }
}

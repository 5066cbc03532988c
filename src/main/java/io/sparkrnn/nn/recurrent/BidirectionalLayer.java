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
    for (int b = 0; b < batch.size(); b++) {
      merge(tape.forward().last(), b, tape.backward().last(), b, tape.last(), b);
    }
    if (sequences) {
      int[] reversed = batch.reversed();
      tape.output().resize(batch.tokens(), null);
      for (int p = 0; p < batch.tokens(); p++) {
        merge(
            tape.forward().output().rows(),
            p,
            tape.backward().output().rows(),
            reversed[p],
            tape.output().rows(),
            p);
      }
    }
  }

  private void merge(float[] x, int xRow, float[] y, int yRow, float[] z, int zRow) {
    int xi = xRow * units;
    int yi = yRow * units;
    int zi = zRow * outputSize;
    if (mode == MergeMode.CONCAT) {
      System.arraycopy(x, xi, z, zi, units);
      System.arraycopy(y, yi, z, zi + units, units);
      return;
    }
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
    for (int b = 0; b < batch.size(); b++) {
      split(
          tape.dLast(),
          b,
          tape.forward().last(),
          tape.forward().dLast(),
          b,
          tape.backward().last(),
          tape.backward().dLast(),
          b);
    }
    if (sequences) {
      int[] reversed = batch.reversed();
      Features x = tape.forward().output();
      Features y = tape.backward().output();
      x.clearGradient();
      y.clearGradient();
      for (int p = 0; p < batch.tokens(); p++) {
        split(
            tape.output().gradient(),
            p,
            x.rows(),
            x.gradient(),
            p,
            y.rows(),
            y.gradient(),
            reversed[p]);
      }
    }
    forward.backward(parameters, batch, tape.forward(), sequences, gradient);
    backward.backward(parameters, batch, tape.backward(), sequences, gradient);
  }

  @Override
  public void finish(LayerTape layerTape, float[] gradient) {
    BidirectionalTape tape = (BidirectionalTape) layerTape;
    forward.finish(tape.forward(), gradient);
    backward.finish(tape.backward(), gradient);
  }

  /** The derivative of {@link #merge}. */
  private void split(
      float[] dz, int zRow, float[] x, float[] dx, int xRow, float[] y, float[] dy, int yRow) {
    int xi = xRow * units;
    int yi = yRow * units;
    int zi = zRow * outputSize;
    if (mode == MergeMode.CONCAT) {
      System.arraycopy(dz, zi, dx, xi, units);
      System.arraycopy(dz, zi + units, dy, yi, units);
      return;
    }
    float share = mode == MergeMode.AVE ? 0.5f : 1f;
    for (int i = 0; i < units; i++) {
      float d = dz[zi + i] * share;
      dx[xi + i] = mode == MergeMode.MUL ? d * y[yi + i] : d;
      dy[yi + i] = mode == MergeMode.MUL ? d * x[xi + i] : d;
    }
  }
}

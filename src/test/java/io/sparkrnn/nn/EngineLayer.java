package io.sparkrnn.nn;

import io.sparkrnn.nn.recurrent.Features;
import io.sparkrnn.nn.recurrent.LayerTape;
import io.sparkrnn.nn.recurrent.SequenceLayer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Runs one layer of the engine on a golden layer's vectors, with its probe as the gradient. */
final class EngineLayer {
  private final GoldenLayer golden;
  private final SequenceLayer layer;
  private final Features input;
  private final LayerTape tape;
  private final PackedBatch batch = new PackedBatch();
  private final float[] parameters;
  private final float[] gradient;

  EngineLayer(GoldenLayer golden) {
    this.golden = golden;
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    layer = SequenceLayer.of(golden.spec(), 0, golden.inputSize(), layout);
    input = new Features(golden.inputSize());
    tape = layer.newTape(input);
    parameters = Engine.narrow(golden.weights().stream().flatMapToDouble(Arrays::stream).toArray());
    gradient = new float[layout.build().size()];
  }

  /** Forward, then backward. */
  void run() {
    run(null);
  }

  /** Forward and backward with dropout masks from a source. */
  void run(SplittableRandom dropout) {
    pack();
    layer.forward(parameters, batch, tape, golden.everyStep(), true, dropout);
    if (golden.everyStep()) {
      tape.output().clearGradient();
      Arrays.fill(tape.dLast(), 0f);
      write(golden.probes(), tape.output().gradient());
    } else {
      for (int b = 0; b < batch.size(); b++) {
        put(golden.probes()[batch.row(b)][0], tape.dLast(), b);
      }
    }
    input.clearGradient();
    layer.backward(parameters, batch, tape, golden.everyStep(), gradient);
  }

  /** Outputs of a forward pass that nothing follows. */
  double[][][] scores() {
    pack();
    layer.forward(parameters, batch, tape, golden.everyStep(), false, null);
    return outputs();
  }

  /** The outputs in the shape of the golden ones. */
  double[][][] outputs() {
    int size = layer.outputSize();
    double[][][] outputs = new double[batch.size()][][];
    for (int b = 0; b < batch.size(); b++) {
      outputs[batch.row(b)] =
          golden.everyStep()
              ? read(tape.output().rows(), b, size)
              : new double[][] {Near.widened(tape.last(), b * size, size)};
    }
    return outputs;
  }

  double[][][] dInputs() {
    double[][][] dInputs = new double[batch.size()][][];
    for (int b = 0; b < batch.size(); b++) {
      dInputs[batch.row(b)] = read(input.gradient(), b, golden.inputSize());
    }
    return dInputs;
  }

  float[] gradient() {
    return gradient;
  }

  private void pack() {
    double[][][] inputs = golden.inputs();
    int[] offsets = new int[inputs.length + 1];
    for (int b = 0; b < inputs.length; b++) {
      offsets[b + 1] = offsets[b] + inputs[b].length;
    }
    double[] values =
        Arrays.stream(inputs).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
    int[] rows = IntStream.range(0, inputs.length).toArray();
    batch.assembleVectors(Engine.narrow(values), golden.inputSize(), offsets, rows, 0, rows.length);
    input.resize(batch.tokens(), null);
    System.arraycopy(batch.vectors(), 0, input.rows(), 0, batch.tokens() * golden.inputSize());
    layer.pack(parameters, tape);
  }

  private void write(double[][][] steps, float[] target) {
    for (int b = 0; b < batch.size(); b++) {
      for (int t = 0; t < batch.length(b); t++) {
        put(steps[batch.row(b)][t], target, batch.offset(t) + b);
      }
    }
  }

  private double[][] read(float[] source, int b, int size) {
    double[][] steps = new double[batch.length(b)][];
    Arrays.setAll(steps, t -> Near.widened(source, (batch.offset(t) + b) * size, size));
    return steps;
  }

  private static void put(double[] values, float[] target, int row) {
    System.arraycopy(Engine.narrow(values), 0, target, row * values.length, values.length);
  }
}

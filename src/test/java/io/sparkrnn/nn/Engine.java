package io.sparkrnn.nn;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import io.sparkrnn.nn.targets.SequenceTargets;
import io.sparkrnn.nn.targets.StepTargets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Runs the engine on the reference's examples; results stand in the order of the examples. */
final class Engine {
  private final Network network;
  private final Tape tape;
  private final PackedBatch packed = new PackedBatch();

  Engine(NetworkSpec spec) {
    this.network = new Network(spec);
    this.tape = network.newTape();
  }

  /**
   * What a training step yields.
   *
   * @param loss sum of weight * loss
   * @param gradient of loss / batch size
   */
  record Result(double loss, float[] gradient) {}

  Network network() {
    return network;
  }

  Tape tape() {
    return tape;
  }

  /** Returns the predictions, B x K. */
  float[] predict(float[] parameters, List<Example> batch) {
    network.forward(parameters, pack(batch), tape);
    int outputs = network.spec().head().outputs();
    if (network.spec().head().pooling() == Pooling.EVERY_STEP) {
      float[] steps = new float[packed.tokens() * outputs];
      packed.unpackSteps(tape.predictions(), outputs, steps);
      return steps;
    }
    float[] predictions = new float[batch.size() * outputs];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(
          tape.predictions(), i * outputs, predictions, packed.row(i) * outputs, outputs);
    }
    return predictions;
  }

  Result train(float[] parameters, List<Example> batch, Loss loss) {
    return train(parameters, batch, loss, null);
  }

  Result train(float[] parameters, List<Example> batch, Loss loss, SplittableRandom dropout) {
    float[] gradient = new float[parameters.length];
    double sum = network.lossAndGradient(parameters, pack(batch), loss, dropout, tape, gradient);
    return new Result(sum, gradient);
  }

  /** Packs the examples; row r of the source is example r. */
  PackedBatch pack(List<Example> batch) {
    int[] offsets = new int[batch.size() + 1];
    float[] labels = new float[batch.size()];
    float[] weights = new float[batch.size()];
    for (int r = 0; r < batch.size(); r++) {
      Example example = batch.get(r);
      int steps = example.ids() == null ? example.vectors().length : example.ids().length;
      offsets[r + 1] = offsets[r] + steps;
      labels[r] = (float) example.label();
      weights[r] = (float) example.weight();
    }
    int[] rows = IntStream.range(0, batch.size()).toArray();
    if (network.spec().input() instanceof InputSpec.Vectors input) {
      float[] values = narrow(batch.stream().flatMapToDouble(Engine::values).toArray());
      packed.assembleVectors(values, input.size(), offsets, rows, 0, rows.length);
    } else {
      int[] tokens = batch.stream().flatMapToInt(e -> IntStream.of(e.ids())).toArray();
      packed.assemble(tokens, offsets, rows, 0, rows.length);
    }
    if (network.spec().head().pooling() == Pooling.EVERY_STEP) {
      DoubleStream steps = batch.stream().flatMapToDouble(e -> DoubleStream.of(e.stepLabels()));
      packed.setTargets(new StepTargets(narrow(steps.toArray()), offsets), weights);
    } else {
      packed.setTargets(new SequenceTargets(labels), weights);
    }
    return packed;
  }

  private static DoubleStream values(Example example) {
    return Arrays.stream(example.vectors()).flatMapToDouble(Arrays::stream);
  }

  /** Narrows parameters; widening them again gives the reference the engine's exact values. */
  static float[] narrow(double[] wide) {
    float[] narrow = new float[wide.length];
    for (int i = 0; i < wide.length; i++) {
      narrow[i] = (float) wide[i];
    }
    return narrow;
  }
}

package io.sparkrnn.nn;

import io.sparkrnn.nn.targets.IdTargets;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.OptimizerState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/** Trains many small networks for a few steps and prints a fingerprint of all bits of each. */
final class TrainingRun {
  private TrainingRun() {}

  /** Prints the fingerprints; the JVM's options decide which kernels run. */
  public static void main(String[] args) {
    System.out.print(fingerprints());
  }

  static String fingerprints() {
    StringJoiner lines = new StringJoiner("\n");
    for (NetworkSpec spec : specs()) {
      lines.add(Long.toHexString(train(spec)) + " " + spec);
    }
    for (int samples : new int[] {0, 5}) {
      lines.add(Long.toHexString(languageModel(samples)) + " samples " + samples);
    }
    return lines.toString();
  }

  private static List<NetworkSpec> specs() {
    List<NetworkSpec> specs = new ArrayList<>();
    for (CellType cell : CellType.values()) {
      for (int units : new int[] {5, 16, 21}) {
        LayerSpec.Recurrent layer =
            new LayerSpec.Recurrent(cell, units, 0.2, 0.3, units % 2 == 1, false);
        specs.add(Cases.stack(Cases.layer(cell, units), 1));
        specs.add(Cases.stack(layer, 2));
        specs.add(
            Cases.pooled(new LayerSpec.Bidirectional(layer, MergeMode.MUL), Pooling.ATTENTION));
        specs.add(Cases.pooled(layer.reversed(), Pooling.MAX_MEAN));
        specs.add(dropping(Cases.layer(cell, units), 0));
        specs.add(dropping(layer, 0.2));
      }
    }
    return specs;
  }

  /** A network whose input drops words and perhaps channels. */
  private static NetworkSpec dropping(LayerSpec layer, double spatialDropout) {
    InputSpec input = new InputSpec.Tokens(Cases.VOCABULARY, 5, true, 0.3, spatialDropout);
    return new NetworkSpec(input, List.of(layer), HeadSpec.binary());
  }

  /** Trains a language model of more tokens than vectors have lanes. */
  private static long languageModel(int samples) {
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec.Tokens(43, 5, true),
            List.of(Cases.layer(CellType.LSTM, 9)),
            new TokenHead(43, true, samples));
    Network network = new Network(spec);
    float[] parameters = network.initialParameters(5);
    float[] gradient = new float[parameters.length];
    Tape tape = network.newTape();
    OptimizerSpec optimizer = OptimizerSpec.Adam.defaults();
    OptimizerState state = OptimizerState.zeros(optimizer, parameters.length);
    int[] ids = new SplittableRandom(4).ints(90, 0, 43).toArray();
    int[] offsets = {0, 40, 45, 45, 90};
    long hash = 17;
    for (int step = 0; step < 3; step++) {
      PackedBatch batch = new PackedBatch();
      batch.assemble(ids, offsets, new int[] {0, 1, 2, 3}, 0, 4);
      batch.setTargets(new IdTargets(ids, offsets), null);
      tape.sampleFrom(step);
      Loss loss = Loss.CATEGORICAL_CROSSENTROPY;
      double sum = network.lossAndGradient(parameters, batch, loss, null, tape, gradient);
      hash = hash(hash * 31 + Double.doubleToLongBits(sum), gradient);
      optimizer.step(parameters, gradient, state, 0.01);
      network.forward(parameters, batch, tape);
      hash = hash(hash, Arrays.copyOf(tape.predictions(), batch.tokens()));
    }
    return hash;
  }

  private static long train(NetworkSpec spec) {
    Engine engine = new Engine(spec);
    float[] parameters = engine.network().initialParameters(5);
    OptimizerSpec optimizer = OptimizerSpec.Adam.defaults();
    OptimizerState state = OptimizerState.zeros(optimizer, parameters.length);
    long hash = 17;
    for (int step = 0; step < 3; step++) {
      Engine.Result result =
          engine.train(
              parameters,
              Cases.batch(step, 23, 5, 17, 5, 0, 1, 9 + step, 23, 2),
              Loss.BINARY_CROSSENTROPY,
              new SplittableRandom(step));
      hash = hash(hash * 31 + Double.doubleToLongBits(result.loss()), result.gradient());
      optimizer.step(parameters, result.gradient(), state, 0.01);
    }
    return hash(hash, engine.predict(parameters, Cases.ragged(8)));
  }

  private static long hash(long start, float[] values) {
    long hash = start;
    for (float value : values) {
      hash = hash * 0x5DEECE66DL + Float.floatToIntBits(value) + 11;
    }
    return hash;
  }
}

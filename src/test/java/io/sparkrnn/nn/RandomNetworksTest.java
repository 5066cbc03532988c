package io.sparkrnn.nn;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import io.sparkrnn.nn.output.LossFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Networks put together at random, against the reference; the seed is in the message of a failure.
 */
class RandomNetworksTest {
  private static final int NETWORKS = 200;
  private static final double[] RATES = {0, 0, 0.2, 0.5};
  private static final Near FORWARD = new Near(1e-5, 2e-6);
  private static final Near GRADIENT = new Near(1e-4, 3e-6);

  @Test
  void randomNetworksStayOnTheReference() {
    for (int seed = 0; seed < NETWORKS; seed++) {
      check(seed);
    }
  }

  private static void check(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Loss loss = Loss.values()[random.nextInt(3)];
    NetworkSpec spec = spec(loss, random);
    int truncatedSteps = random.nextBoolean() ? 0 : random.nextInt(1, 16);
    int longest = random.nextInt(8) == 0 ? 120 : 15;
    int[] lengths = random.ints(random.nextInt(1, 12), 0, longest).toArray();
    List<Example> batch = batch(spec, loss, seed, lengths);
    float[] parameters = Cases.parameters(spec, 0.4, seed);
    Engine engine = new Engine(spec);
    engine.tape().truncate(truncatedSteps);
    engine.tape().limit(random.nextBoolean() ? 1 : Long.MAX_VALUE);
    ReferenceNetwork reference =
        new ReferenceNetwork(spec, ReferenceParameters.of(spec, parameters), truncatedSteps);
    String what = " of seed " + seed + ", " + truncatedSteps + " truncated steps, " + spec;
    double[] predictions =
        batch.stream().flatMapToDouble(e -> Arrays.stream(reference.prediction(e, loss))).toArray();
    FORWARD.check(predictions, engine.predict(parameters, batch), "prediction" + what);
    Engine.Result result = engine.train(parameters, batch, loss, new SplittableRandom(seed));
    List<Example> masked =
        EngineMasks.of(spec, batch, engine.pack(batch), new SplittableRandom(seed));
    FORWARD.check(reference.loss(masked, loss), result.loss(), "loss" + what);
    GRADIENT.check(reference.gradient(masked, loss).flat(), result.gradient(), "gradient" + what);
  }

  @Test
  void partsOfABatchAddUpToIt() {
    for (int seed = 0; seed < NETWORKS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Loss loss = Loss.values()[random.nextInt(3)];
      NetworkSpec spec = spec(loss, random);
      List<Example> batch = batch(spec, loss, seed, random.ints(7, 1, 15).toArray());
      float[] parameters = Cases.parameters(spec, 0.4, seed);
      Engine engine = new Engine(spec);
      engine.tape().truncate(random.nextInt(8));
      Engine.Result whole = engine.train(parameters, batch, loss);
      Gradient sum = engine.network().newGradient(false);
      int rows =
          new ReferenceNetwork(spec, ReferenceParameters.of(spec, parameters)).divisor(batch);
      double lossSum = 0;
      for (List<Example> part :
          List.of(batch.subList(0, 3), batch.subList(3, 4), batch.subList(4, 7))) {
        lossSum += add(engine, parameters, part, rows, loss, sum);
      }
      FORWARD.check(whole.loss(), lossSum, "loss of seed " + seed);
      GRADIENT.check(doubles(whole.gradient()), sum.values(), "gradient of seed " + seed);
    }
  }

  private static double add(
      Engine engine, float[] parameters, List<Example> part, int rows, Loss loss, Gradient sum) {
    return engine
        .network()
        .addLossAndGradient(
            parameters, engine.pack(part), rows, LossFunction.of(loss), null, engine.tape(), sum);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private static List<Example> batch(NetworkSpec spec, Loss loss, long seed, int[] lengths) {
    List<Example> batch =
        spec.input() instanceof InputSpec.Vectors vectors
            ? Cases.vectors(seed, vectors.size(), lengths)
            : Cases.batch(seed, lengths);
    return Cases.labelled(spec, loss, batch, seed);
  }

  private static NetworkSpec spec(Loss loss, SplittableRandom random) {
    List<LayerSpec> layers = new ArrayList<>();
    for (int depth = random.nextInt(1, 4); depth > 0; depth--) {
      layers.add(layer(random));
    }
    Pooling[] poolings = Pooling.values();
    return new NetworkSpec(
        input(random), layers, Cases.head(loss, poolings[random.nextInt(poolings.length)]));
  }

  /** Two of three over ids. */
  private static InputSpec input(SplittableRandom random) {
    int size = random.nextInt(1, 20);
    return random.nextInt(3) == 0
        ? new InputSpec.Vectors(size)
        : new InputSpec.Tokens(
            Cases.VOCABULARY, size, random.nextBoolean(), rate(random), rate(random));
  }

  private static double rate(SplittableRandom random) {
    return RATES[random.nextInt(RATES.length)];
  }

  private static LayerSpec layer(SplittableRandom random) {
    LayerSpec.Recurrent layer =
        new LayerSpec.Recurrent(
            CellType.values()[random.nextInt(3)],
            random.nextInt(1, 20),
            rate(random),
            rate(random),
            random.nextBoolean(),
            random.nextBoolean());
    return random.nextBoolean()
        ? layer
        : new LayerSpec.Bidirectional(layer, MergeMode.values()[random.nextInt(4)]);
  }
}

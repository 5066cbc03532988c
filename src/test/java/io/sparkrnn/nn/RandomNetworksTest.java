package io.sparkrnn.nn;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Networks put together at random, against the reference; the seed is in the message of a failure.
 */
class RandomNetworksTest {
  private static final int NETWORKS = 80;
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
    int[] lengths = random.ints(random.nextInt(1, 12), 0, 15).toArray();
    List<Example> batch = Cases.batch(seed, lengths);
    float[] parameters = Cases.parameters(spec, 0.6, seed);
    Engine engine = new Engine(spec);
    ReferenceNetwork reference =
        new ReferenceNetwork(spec, ReferenceParameters.of(spec, parameters));
    String what = " of seed " + seed + ", " + spec;
    double[] predictions =
        batch.stream().flatMapToDouble(e -> Arrays.stream(reference.prediction(e, loss))).toArray();
    FORWARD.check(predictions, engine.predict(parameters, batch), "prediction" + what);
    Engine.Result result = engine.train(parameters, batch, loss);
    FORWARD.check(reference.loss(batch, loss), result.loss(), "loss" + what);
    GRADIENT.check(reference.gradient(batch, loss).flat(), result.gradient(), "gradient" + what);
  }

  @Test
  void partsOfABatchAddUpToIt() {
    for (int seed = 0; seed < NETWORKS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Loss loss = Loss.values()[random.nextInt(3)];
      NetworkSpec spec = spec(loss, random);
      List<Example> batch = Cases.batch(seed, random.ints(7, 1, 15).toArray());
      float[] parameters = Cases.parameters(spec, 0.6, seed);
      Engine engine = new Engine(spec);
      Engine.Result whole = engine.train(parameters, batch, loss);
      Gradient sum = engine.network().newGradient(false);
      double lossSum = add(engine, parameters, batch.subList(0, 3), loss, sum);
      lossSum += add(engine, parameters, batch.subList(3, 4), loss, sum);
      lossSum += add(engine, parameters, batch.subList(4, 7), loss, sum);
      FORWARD.check(whole.loss(), lossSum, "loss of seed " + seed);
      GRADIENT.check(doubles(whole.gradient()), sum.values(), "gradient of seed " + seed);
    }
  }

  private static double add(
      Engine engine, float[] parameters, List<Example> part, Loss loss, Gradient sum) {
    return engine
        .network()
        .addLossAndGradient(
            parameters, engine.pack(part), 7, LossFunction.of(loss), null, engine.tape(), sum);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private static NetworkSpec spec(Loss loss, SplittableRandom random) {
    List<LayerSpec> layers = new ArrayList<>();
    for (int depth = random.nextInt(1, 4); depth > 0; depth--) {
      layers.add(layer(random));
    }
    Pooling[] poolings = {
      Pooling.LAST, Pooling.MAX, Pooling.MEAN, Pooling.MAX_MEAN, Pooling.ATTENTION
    };
    return new NetworkSpec(
        new InputSpec.Tokens(Cases.VOCABULARY, random.nextInt(1, 20), random.nextBoolean()),
        layers,
        Cases.head(loss, poolings[random.nextInt(poolings.length)]));
  }

  private static LayerSpec layer(SplittableRandom random) {
    LayerSpec.Recurrent layer =
        new LayerSpec.Recurrent(
            CellType.values()[random.nextInt(3)],
            random.nextInt(1, 20),
            0,
            0,
            random.nextBoolean(),
            random.nextBoolean());
    return random.nextBoolean()
        ? layer
        : new LayerSpec.Bidirectional(layer, MergeMode.values()[random.nextInt(4)]);
  }
}

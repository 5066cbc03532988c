package io.sparkrnn.nn;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Networks and random batches for the engine's tests. */
final class Cases {
  static final int VOCABULARY = 11;

  private Cases() {}

  static LayerSpec.Recurrent layer(CellType cell, int units) {
    return LayerSpec.Recurrent.of(cell, units);
  }

  /** A classifier with a stack of equal layers. */
  static NetworkSpec stack(LayerSpec layer, int depth) {
    return network(Collections.nCopies(depth, layer), Loss.BINARY_CROSSENTROPY, true);
  }

  static NetworkSpec network(List<LayerSpec> layers, Loss loss, boolean maskZero) {
    return new NetworkSpec(
        new InputSpec.Tokens(VOCABULARY, 5, maskZero), layers, head(loss, Pooling.LAST));
  }

  static NetworkSpec pooled(LayerSpec layer, Pooling pooling) {
    return new NetworkSpec(
        new InputSpec.Tokens(VOCABULARY, 5, true),
        List.of(layer),
        head(Loss.BINARY_CROSSENTROPY, pooling));
  }

  /** The losses that have one target for each sequence or step. */
  static final List<Loss> LOSSES =
      List.of(Loss.BINARY_CROSSENTROPY, Loss.CATEGORICAL_CROSSENTROPY, Loss.MEAN_SQUARED_ERROR);

  static HeadSpec head(Loss loss, Pooling pooling) {
    return switch (loss) {
      case BINARY_CROSSENTROPY -> HeadSpec.of(pooling, 1, Activation.SIGMOID);
      case CATEGORICAL_CROSSENTROPY -> HeadSpec.of(pooling, 4, Activation.SOFTMAX);
      default -> HeadSpec.of(pooling, 1, Activation.LINEAR);
    };
  }

  /** Parameters that are exactly representable in float, all distinct. */
  static float[] parameters(NetworkSpec spec, double scale, long seed) {
    return Engine.narrow(
        ReferenceParameters.random(spec, scale, new SplittableRandom(seed)).flat());
  }

  /** Random ids 1 .. VOCABULARY - 1, labels 0 or 1, weights in (0.5, 2) exact in float. */
  static List<Example> batch(long seed, int... lengths) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> batch = new ArrayList<>();
    for (int length : lengths) {
      int[] ids = random.ints(length, 1, VOCABULARY).toArray();
      float weight = (float) random.nextDouble(0.5, 2);
      batch.add(Example.of(ids, random.nextInt(2), weight));
    }
    return batch;
  }

  /** Random steps of a network over vectors, in (-1, 1), and weights as those of {@link #batch}. */
  static List<Example> vectors(long seed, int size, int... lengths) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> batch = new ArrayList<>();
    for (int length : lengths) {
      double[][] steps = new double[length][];
      Arrays.setAll(steps, t -> random.doubles(size, -1, 1).map(x -> (float) x).toArray());
      batch.add(Example.ofVectors(steps, random.nextInt(2), (float) random.nextDouble(0.5, 2)));
    }
    return batch;
  }

  /**
   * The batch with labels such as the loss and the head read: the classes in turn or real values
   * that are exact in float, and one for each step with a head at every step.
   */
  static List<Example> labelled(NetworkSpec spec, Loss loss, List<Example> batch, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> labelled = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      Example example = batch.get(row);
      double label = label(spec, loss, row, random);
      labelled.add(
          spec.head().pooling() == Pooling.EVERY_STEP
              ? example.withStepLabels(
                  IntStream.range(row, row + example.steps())
                      .mapToDouble(place -> label(spec, loss, place, random))
                      .toArray())
              : example.withLabel(label));
    }
    return labelled;
  }

  private static double label(NetworkSpec spec, Loss loss, int place, SplittableRandom random) {
    return switch (loss) {
      case BINARY_CROSSENTROPY -> random.nextInt(2);
      case CATEGORICAL_CROSSENTROPY -> place % spec.head().outputs();
      default -> (float) random.nextDouble(-2, 2);
    };
  }

  /** Some lengths of which several are equal, one is 1 and one is 0. */
  static List<Example> ragged(long seed) {
    return batch(seed, 3, 9, 1, 0, 6, 9, 4, 6, 2);
  }

  /** Random states of all layers, h and c in (-1, 1). */
  static States states(NetworkSpec spec, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    States states = States.zeros(spec, rows);
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      for (State state : states.layer(layer)) {
        fill(state.hidden(), random);
        fill(state.cell(), random);
      }
    }
    return states;
  }

  private static void fill(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
  }
}

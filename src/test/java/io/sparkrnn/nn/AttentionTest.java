package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The weights of attention pooling, as an explanation of a prediction. */
class AttentionTest {
  private static final Near NEAR = new Near(1e-5, 1e-6);

  private static NetworkSpec spec(boolean maskZero, LayerSpec... layers) {
    return new NetworkSpec(
        new InputSpec.Tokens(Cases.VOCABULARY, 5, maskZero),
        List.of(layers),
        Cases.head(Loss.BINARY_CROSSENTROPY, Pooling.ATTENTION));
  }

  /** Weights far from uniform, so that a step in a wrong place shows. */
  private static float[] parameters(NetworkSpec spec) {
    return Cases.parameters(spec, 1.5, 17);
  }

  private static float[][] weights(Engine engine, float[] parameters, List<Example> batch) {
    PackedBatch packed = engine.pack(batch);
    engine.network().forward(parameters, packed, engine.tape());
    return read(engine.tape(), packed);
  }

  private static float[][] read(Tape tape, PackedBatch packed) {
    float[][] weights = new float[packed.size()][];
    for (int b = 0; b < packed.size(); b++) {
      weights[packed.row(b)] = new float[packed.length(b)];
      tape.readAttention(packed, b, weights[packed.row(b)], 0);
    }
    return weights;
  }

  private static void compare(NetworkSpec spec, List<Example> batch, boolean turned) {
    float[] parameters = parameters(spec);
    ReferenceNetwork reference =
        new ReferenceNetwork(spec, ReferenceParameters.of(spec, parameters));
    float[][] weights = weights(new Engine(spec), parameters, batch);
    for (int r = 0; r < batch.size(); r++) {
      double[] expected = reference.attention(batch.get(r));
      double[] ordered = new double[expected.length];
      Arrays.setAll(ordered, t -> expected[turned ? expected.length - 1 - t : t]);
      NEAR.check(ordered, weights[r], "weights of row " + r + " of " + spec);
    }
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void weightsAreThoseOfTheReference(CellType cell) {
    LayerSpec layer = Cases.layer(cell, 6);
    LayerSpec pair = new LayerSpec.Bidirectional(Cases.layer(cell, 5), MergeMode.CONCAT);
    compare(spec(true, layer), Cases.ragged(1), false);
    compare(spec(true, pair, layer), Cases.ragged(2), false);
    compare(spec(true, pair), Cases.batch(3, 1), false);
  }

  @Test
  void weightsStandInTheOrderOfTheInputWhateverTheDirection() {
    LayerSpec.Recurrent layer = Cases.layer(CellType.LSTM, 6);
    LayerSpec turned = new LayerSpec.Bidirectional(layer.reversed(), MergeMode.CONCAT);
    compare(spec(true, layer.reversed()), Cases.ragged(1), true);
    compare(spec(true, layer.reversed(), layer), Cases.ragged(1), true);
    compare(spec(true, layer.reversed(), layer.reversed()), Cases.ragged(1), false);
    compare(spec(true, turned), Cases.ragged(1), true);
  }

  @Test
  void withoutMaskingPaddingHasWeightsToo() {
    int[][] ids = {{0, 0, 3, 4}, {5, 0, 6, 0}, {0, 0, 0, 0}};
    List<Example> batch = Arrays.stream(ids).map(row -> Example.of(row, 1, 1)).toList();
    compare(spec(false, Cases.layer(CellType.GRU, 6)), batch, false);
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void theWeightsOfASequenceSumToOne(CellType cell) {
    NetworkSpec spec = spec(true, Cases.layer(cell, 6));
    float[] parameters = parameters(spec);
    for (float[] row : weights(new Engine(spec), parameters, Cases.batch(5, 900, 17, 1, 2))) {
      double sum = 0;
      for (float weight : row) {
        sum += weight;
      }
      assertEquals(1, sum, 1e-5);
    }
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void companyInTheBatchDoesNotChangeAWeight(CellType cell) {
    NetworkSpec spec = spec(true, Cases.layer(cell, 11));
    float[] parameters = parameters(spec);
    List<Example> batch = Cases.batch(2, 5, 3, 5, 9, 0, 1, 5, 12, 12, 2, 7);
    Engine engine = new Engine(spec);
    float[][] together = weights(engine, parameters, batch);
    for (int r = 0; r < batch.size(); r++) {
      float[][] alone = weights(engine, parameters, batch.subList(r, r + 1));
      assertArrayEquals(together[r], alone[0], "row " + r);
    }
    FrozenNetwork frozen = new FrozenNetwork(engine.network(), parameters);
    Tape tape = frozen.newTape();
    PackedBatch packed = engine.pack(batch);
    frozen.forward(packed, tape);
    assertArrayEquals(together, read(tape, packed));
  }

  @Test
  void anotherPoolingHasNoWeights() {
    Engine engine = new Engine(Cases.pooled(Cases.layer(CellType.LSTM, 4), Pooling.MEAN));
    float[] parameters = engine.network().initialParameters(1);
    assertEquals(
        "weights of steps need pooling ATTENTION, got MEAN",
        assertThrows(
                IllegalStateException.class, () -> weights(engine, parameters, Cases.ragged(1)))
            .getMessage());
  }
}

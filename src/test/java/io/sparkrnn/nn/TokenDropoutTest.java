package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words and channels of the embedding that a sequence does not see while training. */
class TokenDropoutTest {
  private static final Loss LOSS = Loss.BINARY_CROSSENTROPY;
  private static final int WIDTH = 5;
  private static final Near FORWARD = new Near(1e-5, 1e-6);
  private static final Near GRADIENT = new Near(1e-4, 3e-6);

  private static NetworkSpec spec(LayerSpec layer, double words, double channels) {
    return new NetworkSpec(
        new InputSpec.Tokens(Cases.VOCABULARY, WIDTH, true, words, channels),
        List.of(layer),
        Cases.head(LOSS, Pooling.LAST));
  }

  @ParameterizedTest
  @CsvSource({
    "SIMPLE_RNN, 0.4, 0", "SIMPLE_RNN, 0, 0.3", "SIMPLE_RNN, 0.4, 0.3",
    "LSTM, 0.4, 0", "LSTM, 0, 0.3", "LSTM, 0.4, 0.3",
    "GRU, 0.4, 0", "GRU, 0, 0.3", "GRU, 0.4, 0.3"
  })
  void whatIsLeftIsThatOfTheReference(CellType cell, double words, double channels) {
    LayerSpec.Recurrent layer = Cases.layer(cell, 6);
    compare(spec(layer, words, channels));
    compare(spec(layer.reversed(), words, channels));
    for (MergeMode mode : MergeMode.values()) {
      compare(spec(new LayerSpec.Bidirectional(layer, mode), words, channels));
    }
  }

  private static void compare(NetworkSpec spec) {
    float[] parameters = Cases.parameters(spec, 0.7, 5);
    for (int seed = 0; seed < 4; seed++) {
      Engine engine = new Engine(spec);
      List<Example> batch = Cases.ragged(seed);
      Engine.Result result = engine.train(parameters, batch, LOSS, new SplittableRandom(seed));
      List<Example> masked =
          EngineMasks.of(spec, batch, engine.pack(batch), new SplittableRandom(seed));
      ReferenceNetwork reference =
          new ReferenceNetwork(spec, ReferenceParameters.of(spec, parameters));
      FORWARD.check(reference.loss(masked, LOSS), result.loss(), "loss of " + spec);
      GRADIENT.check(
          reference.gradient(masked, LOSS).flat(), result.gradient(), "gradient of " + spec);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5, 0.9})
  void asManyWordsAreDroppedAsTheRateSays(double rate) {
    SplittableRandom random = new SplittableRandom(3);
    int dropped = 0;
    for (int sequence = 0; sequence < 200; sequence++) {
      long seed = random.nextLong();
      for (int id = 0; id < 500; id++) {
        dropped += TokenDropout.isBelow(rate, seed, id) ? 1 : 0;
      }
    }
    assertEquals(rate, dropped / 100_000.0, 0.005);
  }

  @Test
  void aWordIsDroppedAtAllItsPlacesOrAtNone() {
    NetworkSpec spec = spec(Cases.layer(CellType.LSTM, 6), 0.5, 0);
    List<Example> batch = Cases.batch(3, 40, 30, 30);
    PackedBatch packed = new Engine(spec).pack(batch);
    TokenDropout dropout = new TokenDropout();
    dropout.draw((InputSpec.Tokens) spec.input(), 3, new SplittableRandom(1));
    int zero = packed.distinct().count();
    int[] index = dropout.index(packed, zero);
    Boolean[][] dropped = new Boolean[3][Cases.VOCABULARY];
    for (int t = 0; t < packed.steps(); t++) {
      for (int b = 0; b < packed.live(t); b++) {
        int step = packed.offset(t) + b;
        int id = packed.ids()[step];
        boolean now = index[step] == zero;
        assertTrue(dropped[b][id] == null || dropped[b][id] == now, "row " + b + ", id " + id);
        dropped[b][id] = now;
      }
    }
    assertFalse(Arrays.equals(dropped[0], dropped[1]), "rows draw for themselves");
  }

  @Test
  void withoutASourceOfMasksAndWhenScoringNothingIsDropped() {
    NetworkSpec plain = spec(Cases.layer(CellType.GRU, 6), 0, 0);
    NetworkSpec dropping = spec(Cases.layer(CellType.GRU, 6), 0.5, 0.5);
    float[] parameters = Cases.parameters(plain, 0.7, 5);
    List<Example> batch = Cases.ragged(3);
    Engine engine = new Engine(dropping);
    engine.train(parameters, batch, LOSS, new SplittableRandom(9));
    assertArrayEquals(
        new Engine(plain).train(parameters, batch, LOSS).gradient(),
        engine.train(parameters, batch, LOSS).gradient());
    assertArrayEquals(
        new Engine(plain).predict(parameters, batch), engine.predict(parameters, batch));
  }

  @Test
  void aRateOfZeroLeavesTheMasksOfTheLayersAsTheyAre() {
    LayerSpec.Recurrent layer = new LayerSpec.Recurrent(CellType.LSTM, 6, 0.2, 0.3, true, false);
    SplittableRandom random = new SplittableRandom(9);
    TokenDropout dropout = new TokenDropout();
    dropout.draw((InputSpec.Tokens) spec(layer, 0, 0).input(), 7, random);
    assertEquals(new SplittableRandom(9).nextLong(), random.nextLong());
  }

  @Test
  void aRateOutsideItsRangeIsRefused() {
    for (double rate : new double[] {-0.1, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new InputSpec.Tokens(9, 5, true, rate, 0));
      assertThrows(IllegalArgumentException.class, () -> new InputSpec.Tokens(9, 5, true, 0, rate));
    }
  }
}

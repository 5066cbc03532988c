package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Dropout: one mask over the inputs and one over h(t-1) for each sequence, the same at each step.
 */
class DropoutTest {
  private static final Loss LOSS = Loss.BINARY_CROSSENTROPY;
  private static final Near FORWARD = new Near(1e-5, 1e-6);
  private static final Near GRADIENT = new Near(1e-4, 3e-6);

  @ParameterizedTest
  @CsvSource({
    "SIMPLE_RNN, true, 0.3, 0", "SIMPLE_RNN, true, 0, 0.4", "SIMPLE_RNN, true, 0.2, 0.5",
    "LSTM, true, 0.3, 0", "LSTM, true, 0, 0.4", "LSTM, true, 0.2, 0.5",
    "GRU, true, 0.3, 0", "GRU, true, 0, 0.4", "GRU, true, 0.2, 0.5",
    "GRU, false, 0.3, 0", "GRU, false, 0, 0.4", "GRU, false, 0.2, 0.5"
  })
  void theMasksActAsInTheReference(
      CellType cell, boolean resetAfter, double dropout, double recurrentDropout) {
    LayerSpec.Recurrent layer =
        new LayerSpec.Recurrent(cell, 6, dropout, recurrentDropout, resetAfter, false);
    compare(Cases.stack(layer, 1));
    compare(Cases.stack(layer, 2));
    compare(Cases.stack(layer.reversed(), 2));
    for (MergeMode mode : MergeMode.values()) {
      compare(Cases.stack(new LayerSpec.Bidirectional(layer, mode), 2));
    }
    compare(Cases.pooled(new LayerSpec.Bidirectional(layer, MergeMode.MUL), Pooling.MAX_MEAN));
  }

  private static void compare(NetworkSpec spec) {
    float[] parameters = Cases.parameters(spec, 0.7, 5);
    for (int seed = 0; seed < 3; seed++) {
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
  @EnumSource(CellType.class)
  void withoutASourceOfMasksNothingIsDropped(CellType cell) {
    NetworkSpec dropping = Cases.stack(new LayerSpec.Recurrent(cell, 6, 0.5, 0.5, true, false), 2);
    NetworkSpec plain = Cases.stack(Cases.layer(cell, 6), 2);
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
  void theSeedDecidesTheMasks() {
    NetworkSpec spec =
        Cases.stack(new LayerSpec.Recurrent(CellType.LSTM, 6, 0.5, 0.5, true, false), 2);
    float[] parameters = Cases.parameters(spec, 0.7, 5);
    List<Example> batch = Cases.ragged(3);
    Engine engine = new Engine(spec);
    float[] first = engine.train(parameters, batch, LOSS, new SplittableRandom(9)).gradient();
    float[] again = engine.train(parameters, batch, LOSS, new SplittableRandom(9)).gradient();
    float[] other = engine.train(parameters, batch, LOSS, new SplittableRandom(8)).gradient();
    assertArrayEquals(first, again);
    assertFalse(Arrays.equals(first, other));
  }

  @Test
  void scoringAfterTrainingDropsNothing() {
    NetworkSpec spec =
        Cases.stack(new LayerSpec.Recurrent(CellType.GRU, 6, 0.5, 0.5, false, false), 1);
    float[] parameters = Cases.parameters(spec, 0.7, 5);
    List<Example> batch = Cases.ragged(3);
    Engine engine = new Engine(spec);
    float[] before = engine.predict(parameters, batch);
    engine.train(parameters, batch, LOSS, new SplittableRandom(9));
    assertArrayEquals(before, engine.predict(parameters, batch));
    assertEquals(
        engine.train(parameters, batch, LOSS).loss(), engine.train(parameters, batch, LOSS).loss());
  }
}

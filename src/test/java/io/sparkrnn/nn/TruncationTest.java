package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TruncationTest {
  private static final Near GRADIENT = new Near(1e-4, 3e-6);
  private static final Loss LOSS = Loss.BINARY_CROSSENTROPY;

  private static float[] gradient(NetworkSpec spec, List<Example> batch, int steps) {
    Engine engine = new Engine(spec);
    engine.tape().truncate(steps);
    return engine.train(Cases.parameters(spec, 0.8, 5), batch, LOSS).gradient();
  }

  private static void check(NetworkSpec spec, List<Example> plain, int steps) {
    List<Example> batch = Cases.labelled(spec, LOSS, plain, 8);
    ReferenceParameters parameters = ReferenceParameters.of(spec, Cases.parameters(spec, 0.8, 5));
    double[] expected = new ReferenceNetwork(spec, parameters, steps).gradient(batch, LOSS).flat();
    GRADIENT.check(expected, gradient(spec, batch, steps), steps + " steps of " + spec);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 9, 100})
  void gradientsStopAtTheBordersOfSegments(int steps) {
    for (CellType cell : CellType.values()) {
      for (boolean backwards : new boolean[] {false, true}) {
        LayerSpec.Recurrent layer = new LayerSpec.Recurrent(cell, 5, 0, 0, true, backwards);
        check(Cases.pooled(layer, Pooling.LAST), Cases.ragged(3), steps);
        check(Cases.pooled(layer, Pooling.MAX_MEAN), Cases.ragged(3), steps);
        check(Cases.pooled(layer, Pooling.EVERY_STEP), Cases.ragged(3), steps);
        check(Cases.stack(layer, 2), Cases.ragged(4), steps);
        LayerSpec both = new LayerSpec.Bidirectional(layer, MergeMode.CONCAT);
        check(Cases.stack(both, 2), Cases.ragged(5), steps);
      }
    }
  }

  /** Long gaps in which the sweep stops, and sequences that begin to count after one. */
  @ParameterizedTest
  @EnumSource(CellType.class)
  void theSweepLeavesOutWhatNothingReaches(CellType cell) {
    for (boolean backwards : new boolean[] {false, true}) {
      LayerSpec.Recurrent layer = new LayerSpec.Recurrent(cell, 5, 0, 0, false, backwards);
      List<Example> batch = Cases.batch(6, 40, 38, 39, 17, 3, 2, 0, 17);
      for (int steps : new int[] {1, 4, 14, 15, 30}) {
        check(Cases.stack(layer, 1), batch, steps);
        check(Cases.stack(layer, 2), batch, steps);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void onePassLeavesNothingForTheNext(CellType cell) {
    LayerSpec.Recurrent layer = new LayerSpec.Recurrent(cell, 5, 0.3, 0.3, true, true);
    NetworkSpec spec = Cases.stack(layer, 1);
    float[] parameters = Cases.parameters(spec, 0.8, 5);
    Engine used = new Engine(spec);
    Engine fresh = new Engine(spec);
    used.tape().truncate(3);
    fresh.tape().truncate(3);
    used.train(parameters, Cases.batch(8, 60, 50, 40), LOSS, new SplittableRandom(2));
    List<Example> batch = Cases.batch(6, 40, 38, 17, 3);
    assertTrue(
        Arrays.equals(
            fresh.train(parameters, batch, LOSS, new SplittableRandom(1)).gradient(),
            used.train(parameters, batch, LOSS, new SplittableRandom(1)).gradient()));
  }

  /** The definition, independent of the reference: states are carried, derivatives are not. */
  @Test
  void aLastStateHeadSeesExactlySoManySteps() {
    NetworkSpec spec = Cases.stack(Cases.layer(CellType.LSTM, 5), 1);
    float[] parameters = Cases.parameters(spec, 0.8, 5);
    List<Example> whole = Cases.batch(2, 12);
    int[] ids = whole.get(0).ids();
    Example head = Example.of(Arrays.copyOf(ids, 8), 1, 1);
    Example tail =
        Example.of(Arrays.copyOfRange(ids, 8, 12), whole.get(0).label(), whole.get(0).weight());
    Engine engine = new Engine(spec);
    engine.predict(parameters, List.of(head));
    States states = States.zeros(spec, 1);
    engine.tape().readFinal(engine.pack(List.of(head)), states);
    Engine second = new Engine(spec);
    second.tape().startFrom(states);
    float[] expected = second.train(parameters, List.of(tail), LOSS).gradient();
    double[] doubles = new double[expected.length];
    Arrays.setAll(doubles, i -> expected[i]);
    GRADIENT.check(doubles, gradient(spec, whole, 4), "gradient");
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void computingStepsTwiceDoesNotChangeABit(CellType cell) {
    NetworkSpec spec = Cases.stack(Cases.layer(cell, 5), 1);
    float[] parameters = Cases.parameters(spec, 0.8, 5);
    int[] lengths = new SplittableRandom(7).ints(60, 1, 300).toArray();
    List<Example> batch = Cases.batch(6, lengths);
    for (int steps : new int[] {1, 7, 100}) {
      Engine limited = new Engine(spec);
      limited.tape().truncate(steps);
      limited.tape().limit(1);
      assertTrue(
          Arrays.equals(
              gradient(spec, batch, steps), limited.train(parameters, batch, LOSS).gradient()));
    }
  }

  @Test
  void withoutSegmentsTheBitsAreThoseOfWholeSequences() {
    NetworkSpec spec = Cases.stack(Cases.layer(CellType.GRU, 5), 2);
    assertTrue(
        Arrays.equals(
            gradient(spec, Cases.ragged(3), 0),
            new Engine(spec)
                .train(Cases.parameters(spec, 0.8, 5), Cases.ragged(3), LOSS)
                .gradient()));
  }

  @Test
  void aNegativeNumberOfStepsIsRefused() {
    NetworkSpec spec = Cases.stack(Cases.layer(CellType.GRU, 5), 1);
    assertEquals(
        "truncatedSteps must be >= 0, got -1",
        assertThrows(IllegalArgumentException.class, () -> new Network(spec).newTape().truncate(-1))
            .getMessage());
  }
}

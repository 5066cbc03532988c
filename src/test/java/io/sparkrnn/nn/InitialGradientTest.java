package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The derivatives of the loss by the states that a pass starts from. */
class InitialGradientTest {
  private static final Loss LOSS = Loss.BINARY_CROSSENTROPY;
  private static final double STEP = 1e-5;
  private static final long SEED = 6;
  private static final Near GRADIENT = new Near(1e-4, 2e-6);

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void forwardAndReversedStacksHaveThatOfCentralDifferences(CellType cell, boolean resetAfter) {
    LayerSpec.Recurrent first = new LayerSpec.Recurrent(cell, 5, 0, 0, resetAfter, false);
    LayerSpec.Recurrent second = new LayerSpec.Recurrent(cell, 4, 0, 0, resetAfter, false);
    check(Cases.network(List.of(first, second), LOSS, true), 0);
    check(Cases.network(List.of(first.reversed(), second.reversed()), LOSS, true), 0);
    check(Cases.network(List.of(first, second.reversed()), LOSS, true), 0);
  }

  @ParameterizedTest
  @EnumSource(MergeMode.class)
  void bothDirectionsHaveThatOfCentralDifferences(MergeMode mode) {
    for (CellType cell : CellType.values()) {
      for (boolean resetAfter : new boolean[] {true, false}) {
        LayerSpec.Recurrent layer = new LayerSpec.Recurrent(cell, 4, 0, 0, resetAfter, false);
        LayerSpec pair = new LayerSpec.Bidirectional(layer, mode);
        check(Cases.stack(pair, 2), 0);
        check(Cases.pooled(pair, Pooling.MAX_MEAN), 0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void masksOfTheStatesAreInIt(CellType cell, boolean resetAfter) {
    LayerSpec.Recurrent state = new LayerSpec.Recurrent(cell, 4, 0, 0.4, resetAfter, false);
    LayerSpec.Recurrent both = new LayerSpec.Recurrent(cell, 4, 0.3, 0.4, resetAfter, true);
    check(Cases.stack(state, 2), 0);
    check(Cases.stack(both, 2), 0);
    check(Cases.stack(new LayerSpec.Bidirectional(state, MergeMode.MUL), 1), 0);
  }

  /** A state reaches no further than the first segment, which is what is left over. */
  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void truncationEndsItWithTheFirstSegment(CellType cell, boolean resetAfter) {
    LayerSpec.Recurrent layer = new LayerSpec.Recurrent(cell, 4, 0, 0, resetAfter, false);
    LayerSpec.Recurrent drops = new LayerSpec.Recurrent(cell, 4, 0, 0.4, resetAfter, true);
    for (int steps : new int[] {1, 3, 4, 6, 20}) {
      check(Cases.stack(layer, 1), steps);
      check(Cases.stack(layer, 2), steps);
      check(Cases.pooled(drops, Pooling.MEAN), steps);
      check(Cases.pooled(new LayerSpec.Bidirectional(layer, MergeMode.CONCAT), Pooling.MAX), steps);
    }
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void everyStepsLossIsInIt(CellType cell) {
    LayerSpec.Recurrent layer = Cases.layer(cell, 4);
    LayerSpec.Recurrent drops = new LayerSpec.Recurrent(cell, 4, 0.3, 0.4, false, true);
    for (int steps : new int[] {0, 3}) {
      check(Cases.pooled(layer, Pooling.EVERY_STEP), steps);
      check(Cases.pooled(drops, Pooling.EVERY_STEP), steps);
      check(
          Cases.pooled(new LayerSpec.Bidirectional(layer, MergeMode.AVE), Pooling.EVERY_STEP),
          steps);
    }
  }

  private static void check(NetworkSpec spec, int truncatedSteps) {
    float[] parameters = Cases.parameters(spec, 0.7, 3);
    for (List<Example> plain : List.of(Cases.ragged(1), Cases.batch(2, 1), Cases.batch(3, 0))) {
      List<Example> batch = Cases.labelled(spec, LOSS, plain, 4);
      States initial = Cases.states(spec, batch.size(), 6);
      Engine engine = new Engine(spec);
      engine.tape().truncate(truncatedSteps);
      States gradient = gradient(engine, parameters, batch, initial);
      List<Example> masked =
          EngineMasks.of(spec, batch, engine.pack(batch), new SplittableRandom(SEED));
      ReferenceNetwork reference =
          new ReferenceNetwork(spec, ReferenceParameters.of(spec, parameters));
      double divisor = Math.max(1, reference.divisor(batch));
      for (int row = 0; row < batch.size(); row++) {
        StatefulReference one =
            new StatefulReference(reference, masked.get(row), LOSS, truncatedSteps);
        String what = spec + ", " + truncatedSteps + " truncated steps, row " + row;
        check(one, row(spec, initial, row), row(spec, gradient, row), divisor, what);
      }
    }
  }

  @Test
  void itIsKnownOfAPassWithStatesOnly() {
    NetworkSpec spec = Cases.stack(Cases.layer(CellType.LSTM, 4), 1);
    float[] parameters = Cases.parameters(spec, 0.7, 3);
    List<Example> batch = Cases.labelled(spec, LOSS, Cases.ragged(1), 4);
    Engine engine = new Engine(spec);
    PackedBatch packed = engine.pack(batch);
    States states = Cases.states(spec, batch.size(), 6);
    engine.train(parameters, batch, LOSS);
    engine.tape().startFrom(states);
    assertThrows(
        IllegalStateException.class, () -> engine.tape().readInitialGradient(packed, states));
    engine.train(parameters, batch, LOSS);
    engine.tape().readInitialGradient(packed, states);
  }

  private static States gradient(
      Engine engine, float[] parameters, List<Example> batch, States initial) {
    engine.tape().startFrom(initial);
    engine.train(parameters, batch, LOSS, new SplittableRandom(SEED));
    States gradient = States.zeros(engine.network().spec(), batch.size());
    engine.tape().readInitialGradient(engine.pack(batch), gradient);
    return gradient;
  }

  private static void check(
      StatefulReference reference,
      List<double[]> states,
      List<double[]> gradient,
      double divisor,
      String what) {
    reference.loss(states);
    for (int direction = 0; direction < states.size(); direction++) {
      double[] state = states.get(direction);
      for (int i = 0; i < state.length; i++) {
        double value = state[i];
        state[i] = value + STEP;
        double above = reference.loss(states);
        state[i] = value - STEP;
        double below = reference.loss(states);
        state[i] = value;
        double expected = (above - below) / (2 * STEP * divisor);
        String place = what + ", direction " + direction + ", value " + i;
        GRADIENT.check(expected, gradient.get(direction)[i], place);
      }
    }
  }

  /** The states of one row by layer and direction, h and c one after the other. */
  private static List<double[]> row(NetworkSpec spec, States states, int row) {
    return IntStream.range(0, spec.layers().size())
        .mapToObj(states::layer)
        .flatMap(List::stream)
        .map(state -> row(state, state.hidden().length / states.batchSize(), row))
        .toList();
  }

  private static double[] row(State state, int units, int row) {
    double[] both = new double[state.cell().length == 0 ? units : 2 * units];
    int from = row * units;
    Arrays.setAll(both, i -> i < units ? state.hidden()[from + i] : state.cell()[from + i - units]);
    return both;
  }

  /** Lengths up to 99, enough steps for several segments. */
  private static List<Example> manySteps() {
    return Cases.batch(5, new SplittableRandom(5).ints(30, 0, 100).toArray());
  }

  static Stream<NetworkSpec> networks() {
    return Stream.of(CellType.values())
        .flatMap(
            cell -> {
              LayerSpec.Recurrent plain = Cases.layer(cell, 5);
              LayerSpec.Recurrent drops = new LayerSpec.Recurrent(cell, 5, 0.2, 0.3, false, true);
              return Stream.of(
                  Cases.stack(plain, 2),
                  Cases.stack(drops, 2),
                  Cases.pooled(new LayerSpec.Bidirectional(plain, MergeMode.MUL), Pooling.MEAN));
            });
  }

  @ParameterizedTest
  @MethodSource("networks")
  void keepingSomeStatesOnlyDoesNotChangeABit(NetworkSpec spec) {
    float[] parameters = Cases.parameters(spec, 0.7, 3);
    List<Example> batch = manySteps();
    States initial = Cases.states(spec, batch.size(), 6);
    for (int truncatedSteps : new int[] {0, 5}) {
      Engine full = new Engine(spec);
      Engine limited = new Engine(spec);
      limited.tape().limit(1);
      full.tape().truncate(truncatedSteps);
      limited.tape().truncate(truncatedSteps);
      States expected = gradient(full, parameters, batch, initial);
      States actual = gradient(limited, parameters, batch, initial);
      for (int layer = 0; layer < spec.layers().size(); layer++) {
        for (int direction = 0; direction < expected.layer(layer).size(); direction++) {
          State a = expected.layer(layer).get(direction);
          State b = actual.layer(layer).get(direction);
          assertArrayEquals(a.hidden(), b.hidden(), spec + ", " + truncatedSteps);
          assertArrayEquals(a.cell(), b.cell(), spec + ", " + truncatedSteps);
        }
      }
    }
  }
}

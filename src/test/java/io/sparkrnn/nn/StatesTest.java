package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** States put in before the first step and read after the last one. */
class StatesTest {
  private static final Loss LOSS = Loss.BINARY_CROSSENTROPY;
  private static final double STEP = 1e-5;
  private static final Near GRADIENT = new Near(1e-4, 2e-6);

  private static NetworkSpec stack(CellType cell, boolean resetAfter) {
    LayerSpec first = new LayerSpec.Recurrent(cell, 5, 0, 0, resetAfter, false);
    LayerSpec second = new LayerSpec.Recurrent(cell, 4, 0, 0, resetAfter, false);
    return Cases.network(List.of(first, second), LOSS, true);
  }

  /** The first {@code steps} steps of each example, or what follows them. */
  private static List<Example> part(List<Example> batch, int steps, boolean first) {
    return batch.stream()
        .map(
            e -> {
              int cut = Math.min(steps, e.ids().length);
              int[] ids =
                  Arrays.copyOfRange(e.ids(), first ? 0 : cut, first ? cut : e.ids().length);
              return Example.of(ids, e.label(), e.weight());
            })
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void twoPiecesGiveTheBitsOfTheWhole(CellType cell, boolean resetAfter) {
    NetworkSpec spec = stack(cell, resetAfter);
    float[] parameters = Cases.parameters(spec, 0.7, 3);
    List<Example> batch = Cases.ragged(1);
    Engine engine = new Engine(spec);
    float[] whole = engine.predict(parameters, batch);
    States expected = States.zeros(spec, batch.size());
    engine.tape().readFinal(engine.pack(batch), expected);
    for (int cut : new int[] {0, 1, 4, 9}) {
      States states = States.zeros(spec, batch.size());
      float[] predictions = null;
      for (boolean first : new boolean[] {true, false}) {
        predictions = predict(engine, parameters, part(batch, cut, first), states);
      }
      assertArrayEquals(whole, predictions, "cut at " + cut);
      assertSame(expected, states);
    }
  }

  /** Predicts from the states and leaves there those at the end. */
  private static float[] predict(
      Engine engine, float[] parameters, List<Example> batch, States states) {
    PackedBatch packed = engine.pack(batch);
    engine.network().forward(parameters, packed, states, engine.tape());
    engine.tape().readFinal(packed, states);
    float[] predictions = new float[batch.size()];
    for (int b = 0; b < batch.size(); b++) {
      predictions[packed.row(b)] = engine.tape().predictions()[b];
    }
    return predictions;
  }

  private static void assertSame(States expected, States actual) {
    for (int layer = 0; layer < 2; layer++) {
      State a = expected.layer(layer).get(0);
      State b = actual.layer(layer).get(0);
      assertArrayEquals(a.hidden(), b.hidden());
      assertArrayEquals(a.cell(), b.cell());
    }
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void trainingStartsAndEndsWhereScoringDoes(CellType cell) {
    NetworkSpec spec = stack(cell, true);
    float[] parameters = Cases.parameters(spec, 0.7, 3);
    List<Example> batch = Cases.ragged(1);
    Engine engine = new Engine(spec);
    States states = States.zeros(spec, batch.size());
    predict(engine, parameters, part(batch, 3, true), states);
    engine.tape().startFrom(states);
    double loss = engine.train(parameters, part(batch, 3, false), LOSS).loss();
    engine.tape().readFinal(engine.pack(part(batch, 3, false)), states);
    engine.tape().startFrom(null);
    assertEquals(engine.train(parameters, batch, LOSS).loss(), loss);
    States expected = States.zeros(spec, batch.size());
    engine.tape().readFinal(engine.pack(batch), expected);
    assertSame(expected, states);
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void theBackwardDirectionStartsAtTheEnd(CellType cell) {
    LayerSpec.Recurrent layer = Cases.layer(cell, 5);
    NetworkSpec pair = Cases.stack(new LayerSpec.Bidirectional(layer, MergeMode.CONCAT), 1);
    float[] parameters = Cases.parameters(pair, 0.7, 3);
    List<Example> batch = Cases.ragged(1);
    States states = random(pair, batch.size(), 4);
    States single = States.zeros(Cases.stack(layer.reversed(), 1), batch.size());
    copy(states.layer(0).get(1), single.layer(0).get(0));
    Engine engine = new Engine(pair);
    predict(engine, parameters, batch, states);
    NetworkSpec spec = Cases.stack(layer.reversed(), 1);
    predict(new Engine(spec), backward(pair, spec, parameters), batch, single);
    assertArrayEquals(single.layer(0).get(0).hidden(), states.layer(0).get(1).hidden());
    assertArrayEquals(single.layer(0).get(0).cell(), states.layer(0).get(1).cell());
  }

  /** The parameters of the backward direction alone. */
  private static float[] backward(NetworkSpec pair, NetworkSpec single, float[] parameters) {
    float[] alone = Cases.parameters(single, 0.7, 3);
    List<ParameterLayout.Entry> from = new Network(pair).layout().entries();
    List<ParameterLayout.Entry> to = new Network(single).layout().entries();
    int[] sources = {0, 4, 5, 6};
    for (int i = 0; i < sources.length; i++) {
      int at = from.get(sources[i]).offset();
      System.arraycopy(parameters, at, alone, to.get(i).offset(), to.get(i).size());
    }
    return alone;
  }

  private static void copy(State from, State to) {
    System.arraycopy(from.hidden(), 0, to.hidden(), 0, from.hidden().length);
    System.arraycopy(from.cell(), 0, to.cell(), 0, from.cell().length);
  }

  private static States random(NetworkSpec spec, int rows, long seed) {
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

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void theGradientByTheInitialStateIsThatOfCentralDifferences(CellType cell, boolean resetAfter) {
    NetworkSpec spec = stack(cell, resetAfter);
    float[] parameters = Cases.parameters(spec, 0.7, 3);
    for (List<Example> batch : List.of(Cases.ragged(1), Cases.batch(2, 1), Cases.batch(3, 0))) {
      checkGradient(spec, parameters, batch);
    }
  }

  private static void checkGradient(NetworkSpec spec, float[] parameters, List<Example> batch) {
    States initial = random(spec, batch.size(), 6);
    Engine engine = new Engine(spec);
    engine.tape().startFrom(initial);
    engine.train(parameters, batch, LOSS);
    States gradient = States.zeros(spec, batch.size());
    engine.tape().readInitialGradient(engine.pack(batch), gradient);
    ReferenceParameters wide = ReferenceParameters.of(spec, parameters);
    for (int row = 0; row < batch.size(); row++) {
      List<double[]> states = row(initial, row);
      List<double[]> actual = row(gradient, row);
      for (int layer = 0; layer < states.size(); layer++) {
        for (int i = 0; i < states.get(layer).length; i++) {
          double expected = difference(spec, wide, batch.get(row), states, layer, i) / batch.size();
          GRADIENT.check(expected, actual.get(layer)[i], spec + " row " + row + ", unit " + i);
        }
      }
    }
  }

  /** The states of one row by layer, h and c one after the other. */
  private static List<double[]> row(States states, int row) {
    List<double[]> layers = new ArrayList<>();
    for (int layer = 0; layer < 2; layer++) {
      State state = states.layer(layer).get(0);
      int units = state.hidden().length / states.batchSize();
      double[] both = new double[state.cell().length == 0 ? units : 2 * units];
      for (int i = 0; i < units; i++) {
        both[i] = state.hidden()[row * units + i];
        if (both.length > units) {
          both[units + i] = state.cell()[row * units + i];
        }
      }
      layers.add(both);
    }
    return layers;
  }

  private static double difference(
      NetworkSpec spec,
      ReferenceParameters parameters,
      Example example,
      List<double[]> states,
      int layer,
      int i) {
    double value = states.get(layer)[i];
    states.get(layer)[i] = value + STEP;
    double above = loss(spec, parameters, example, states);
    states.get(layer)[i] = value - STEP;
    double below = loss(spec, parameters, example, states);
    states.get(layer)[i] = value;
    return (above - below) / (2 * STEP);
  }

  /** The weighted loss of a stack of forward layers that starts from given states. */
  private static double loss(
      NetworkSpec spec, ReferenceParameters parameters, Example example, List<double[]> initial) {
    double[][] steps =
        Arrays.stream(example.ids())
            .mapToObj(id -> ReferenceMath.row(parameters.embedding(), id))
            .toArray(double[][]::new);
    double[] last = null;
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      LayerSpec.Recurrent recurrent = (LayerSpec.Recurrent) spec.layers().get(layer);
      ReferenceCell cell = ReferenceCell.of(recurrent, parameters.layers().get(layer).get(0));
      double[] state = initial.get(layer);
      for (int t = 0; t < steps.length; t++) {
        state = cell.step(steps[t], state, ReferenceMath.ones(recurrent.units()));
        steps[t] = Arrays.copyOf(state, recurrent.units());
      }
      last = Arrays.copyOf(state, recurrent.units());
    }
    double[] z = ReferenceMath.row(parameters.bias(), 0);
    ReferenceMath.addProduct(z, last, parameters.kernel(), 0);
    return example.weight() * new ReferenceLoss(LOSS).value(z, example.label());
  }

  @Test
  void aFrozenNetworkReadsInPiecesToo() {
    NetworkSpec spec = stack(CellType.LSTM, true);
    float[] parameters = Cases.parameters(spec, 0.7, 3);
    List<Example> batch = Cases.ragged(1);
    Engine engine = new Engine(spec);
    FrozenNetwork frozen = new FrozenNetwork(engine.network(), parameters);
    Tape tape = frozen.newTape();
    States states = States.zeros(spec, batch.size());
    for (boolean first : new boolean[] {true, false}) {
      PackedBatch packed = engine.pack(part(batch, 4, first));
      frozen.forward(packed, states, tape);
      tape.readFinal(packed, states);
    }
    States expected = States.zeros(spec, batch.size());
    predict(engine, parameters, batch, expected);
    assertSame(expected, states);
  }

  @Test
  void aPassWithStatesLeavesNoTrace() {
    NetworkSpec spec = stack(CellType.LSTM, true);
    float[] parameters = Cases.parameters(spec, 0.7, 3);
    Engine engine = new Engine(spec);
    float[] plain = engine.predict(parameters, Cases.ragged(1));
    predict(engine, parameters, Cases.ragged(1), random(spec, Cases.ragged(1).size(), 7));
    assertArrayEquals(plain, engine.predict(parameters, Cases.ragged(1)));
  }

  @Test
  void statesOfOtherRowsOrLayersAreRefused() {
    NetworkSpec spec = stack(CellType.LSTM, true);
    float[] parameters = Cases.parameters(spec, 0.7, 3);
    Engine engine = new Engine(spec);
    PackedBatch batch = engine.pack(Cases.batch(1, 3, 2));
    for (States other :
        List.of(States.zeros(spec, 3), States.zeros(stack(CellType.GRU, true), 2))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> engine.network().forward(parameters, batch, other, engine.tape()));
    }
    engine.network().forward(parameters, batch, engine.tape());
    assertThrows(
        IllegalStateException.class,
        () -> engine.tape().readInitialGradient(batch, States.zeros(spec, 2)));
  }
}

package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** States put in before the first step and read after the last one. */
class StatesTest {
  private static final Loss LOSS = Loss.BINARY_CROSSENTROPY;

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

  @ParameterizedTest
  @EnumSource(CellType.class)
  void everyStepsOutputsInTwoPiecesAreThoseOfTheWhole(CellType cell) {
    NetworkSpec spec = Cases.pooled(Cases.layer(cell, 5), Pooling.EVERY_STEP);
    float[] parameters = Cases.parameters(spec, 0.7, 3);
    List<Example> batch = Cases.ragged(1);
    float[] whole = new Engine(spec).predict(parameters, Cases.labelled(spec, LOSS, batch, 8));
    Engine engine = new Engine(spec);
    States states = States.zeros(spec, batch.size());
    float[] head = outputs(engine, parameters, part(batch, 4, true), states);
    float[] tail = outputs(engine, parameters, part(batch, 4, false), states);
    float[] joined = new float[whole.length];
    int first = 0;
    int second = 0;
    for (Example example : batch) {
      int cut = Math.min(4, example.steps());
      System.arraycopy(head, first, joined, first + second, cut);
      first += cut;
      System.arraycopy(tail, second, joined, first + second, example.steps() - cut);
      second += example.steps() - cut;
    }
    assertArrayEquals(whole, joined);
  }

  /** The outputs at all steps, those of the first row first; leaves the states at the end. */
  private static float[] outputs(
      Engine engine, float[] parameters, List<Example> batch, States states) {
    PackedBatch packed = engine.pack(Cases.labelled(engine.network().spec(), LOSS, batch, 8));
    engine.network().forward(parameters, packed, states, engine.tape());
    engine.tape().readFinal(packed, states);
    float[] outputs = new float[packed.tokens()];
    packed.unpackSteps(engine.tape().predictions(), 1, outputs);
    return outputs;
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
    States states = Cases.states(pair, batch.size(), 4);
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
    predict(engine, parameters, Cases.ragged(1), Cases.states(spec, Cases.ragged(1).size(), 7));
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

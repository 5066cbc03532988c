package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepNormsTest {
  private static final Loss LOSS = Loss.MEAN_SQUARED_ERROR;

  @Test
  void theMeanCountsRows() {
    StepNorms norms = new StepNorms(5);
    norms.add(0, 8, 2);
    norms.add(2, 27, 3);
    norms.add(7, 100, 1);
    assertArrayEquals(new double[] {2, 0, 3}, norms.rootMeanSquares());
  }

  @Test
  void mergingIsAddingInEitherOrder() {
    StepNorms a = new StepNorms(3);
    a.add(0, 4, 1);
    StepNorms b = new StepNorms(3);
    b.add(0, 12, 3);
    b.add(1, 25, 1);
    StepNorms sum = new StepNorms(3);
    sum.merge(b);
    sum.merge(a);
    sum.merge(new StepNorms(3));
    a.merge(b);
    assertArrayEquals(new double[] {2, 5}, a.rootMeanSquares());
    assertArrayEquals(a.rootMeanSquares(), sum.rootMeanSquares());
  }

  @Test
  void theSumOfTwoKeepsTheStepsOfTheLongerAndChangesNeither() {
    StepNorms one = new StepNorms(1);
    one.add(0, 4, 1);
    StepNorms three = new StepNorms(3);
    three.add(0, 12, 3);
    three.add(2, 25, 1);
    assertArrayEquals(new double[] {2, 0, 5}, one.plus(three).rootMeanSquares());
    assertArrayEquals(new double[] {2, 0, 5}, three.plus(one).rootMeanSquares());
    assertArrayEquals(new double[] {2}, one.rootMeanSquares());
    assertArrayEquals(new long[] {3, 0, 1}, three.rows());
  }

  @Test
  void whatWasKeptElsewhereComesBack() {
    StepNorms norms = new StepNorms(3);
    norms.add(1, 18, 2);
    StepNorms read = StepNorms.of(norms.sumsOfSquares(), norms.rows());
    assertArrayEquals(norms.rootMeanSquares(), read.rootMeanSquares());
    assertThrows(IllegalArgumentException.class, () -> StepNorms.of(new double[2], new long[3]));
    assertThrows(IllegalArgumentException.class, () -> StepNorms.of(new double[0], new long[0]));
  }

  @Test
  void nothingAddedIsNothing() {
    assertEquals(0, new StepNorms(3).rootMeanSquares().length);
    assertThrows(IllegalArgumentException.class, () -> new StepNorms(0));
  }

  /** A network of one unit, whose state's derivative can be had from its prediction's. */
  @ParameterizedTest
  @EnumSource(CellType.class)
  void theLastStepsNormIsThatOfTheDenseLayersInput(CellType cell) {
    NetworkSpec spec = Cases.network(List.of(Cases.layer(cell, 1)), LOSS, true);
    float[] parameters = Cases.parameters(spec, 0.7, 5);
    List<Example> batch = Cases.batch(3, 6, 2, 4);
    Engine engine = new Engine(spec);
    float[] predictions = engine.predict(parameters, batch);
    double squares = 0;
    for (int r = 0; r < 3; r++) {
      double dPrediction = 2 * (predictions[r] - batch.get(r).label()) * batch.get(r).weight() / 3;
      double dState = dPrediction * parameters[parameters.length - 2];
      squares += dState * dState;
    }
    StepNorms norms = new StepNorms(100);
    engine.tape().monitor(norms);
    engine.train(parameters, batch, LOSS);
    double[] measured = norms.rootMeanSquares();
    assertEquals(6, measured.length);
    assertEquals(Math.sqrt(squares / 3), measured[0], 1e-6);
    engine.tape().monitor(null);
    engine.train(parameters, batch, LOSS);
    assertArrayEquals(measured, norms.rootMeanSquares());
  }

  @Test
  void aGradientThatVanishesIsSeenToVanish() {
    NetworkSpec spec = Cases.network(List.of(Cases.layer(CellType.SIMPLE_RNN, 6)), LOSS, true);
    Engine engine = new Engine(spec);
    float[] parameters = Cases.parameters(spec, 0.1, 5);
    StepNorms norms = new StepNorms(20);
    engine.tape().monitor(norms);
    engine.train(parameters, Cases.batch(3, 40, 30, 35), LOSS);
    double[] measured = norms.rootMeanSquares();
    assertEquals(20, measured.length);
    for (int step = 1; step < measured.length; step++) {
      assertTrue(measured[step] < measured[step - 1], "step " + step);
    }
  }

  @Test
  void bothDirectionsAreRecorded() {
    LayerSpec pair = new LayerSpec.Bidirectional(Cases.layer(CellType.GRU, 2), MergeMode.CONCAT);
    NetworkSpec spec = Cases.network(List.of(pair), LOSS, true);
    float[] parameters = Cases.parameters(spec, 0.7, 5);
    parameters[parameters.length - 5] = 0;
    parameters[parameters.length - 4] = 0;
    Engine engine = new Engine(spec);
    StepNorms norms = new StepNorms(9);
    engine.tape().monitor(norms);
    engine.train(parameters, Cases.ragged(3), LOSS);
    assertTrue(norms.rootMeanSquares()[0] > 0, "the backward direction alone has a gradient");
  }

  @Test
  void monitoringChangesNoBit() {
    NetworkSpec spec = Cases.network(List.of(Cases.layer(CellType.LSTM, 6)), LOSS, true);
    float[] parameters = Cases.parameters(spec, 0.7, 5);
    Engine engine = new Engine(spec);
    float[] plain = engine.train(parameters, Cases.ragged(3), LOSS).gradient();
    engine.tape().monitor(new StepNorms(4));
    assertArrayEquals(plain, engine.train(parameters, Cases.ragged(3), LOSS).gradient());
  }
}

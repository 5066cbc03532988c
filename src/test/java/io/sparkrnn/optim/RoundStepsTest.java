package io.sparkrnn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three variables, the middle one a table of 40 rows of 5, of which each step touches a few. */
class RoundStepsTest {
  private static final int WIDTH = 5;
  private static final int ROWS = 40;
  private static final int[] BOUNDARIES = {0, 7, 7 + ROWS * WIDTH, 7 + ROWS * WIDTH + 11};
  private static final int SIZE = BOUNDARIES[3];
  private static final MovingAverage EMA = new MovingAverage(0.9);

  static Stream<OptimizerSpec> resting() {
    return Stream.of(
        OptimizerSpec.Sgd.defaults(),
        OptimizerSpec.RmsProp.defaults(),
        new OptimizerSpec.RmsProp(0.99, 0, 1e-6),
        new OptimizerSpec.RmsProp(0, 0, 1e-6));
  }

  static Stream<OptimizerSpec> all() {
    return Stream.concat(
        resting(),
        Stream.of(OptimizerSpec.Adam.defaults(), new OptimizerSpec.AdamW(0.8, 0.9, 1e-6, 0.1)));
  }

  /** A training's numbers, stepped by rows. */
  private static final class Training {
    final OptimizerSpec spec;
    final float[] parameters;
    final OptimizerState state;
    final GradientSupport support = GradientSupport.rows(BOUNDARIES, List.of(), 1, WIDTH);

    Training(OptimizerSpec spec) {
      this.spec = spec;
      parameters = gaussian(new SplittableRandom(5), SIZE);
      state = EMA.begin(OptimizerState.zeros(spec, SIZE), parameters);
    }

    void round(int steps, SplittableRandom random, Training dense) {
      RoundSteps round = new RoundSteps(spec, EMA, state, support);
      for (int step = 0; step < steps; step++) {
        int[] rows = distinct(random, 1 + random.nextInt(6));
        float[] gradient = gradient(random, rows);
        support.setRows(rows, rows.length);
        round.step(parameters, gradient, 0.01);
        dense.spec.step(dense.parameters, gradient, dense.state, 0.01);
        EMA.step(dense.parameters, dense.state);
      }
      round.finish(parameters);
    }
  }

  @ParameterizedTest
  @MethodSource("resting")
  void leavingOutRowsIsTheDenseRuleButForRounding(OptimizerSpec spec) {
    SplittableRandom random = new SplittableRandom(6);
    Training sparse = new Training(spec);
    Training dense = new Training(spec);
    for (int round = 0; round < 6; round++) {
      sparse.round(37, random, dense);
      assertArrayEquals(dense.parameters, sparse.parameters, 2e-5f, "round " + round);
      assertArrayEquals(dense.state.average(), sparse.state.average(), 2e-5f, "round " + round);
      assertEquals(dense.state.steps(), sparse.state.steps());
      for (int slot = 0; slot < spec.slots(); slot++) {
        assertNear(dense.state.slot(slot), sparse.state.slot(slot));
      }
    }
  }

  @Test
  void secondMomentsOfRowsThatAreNeverSeenFadeToZeroAndAreNeverSubnormal() {
    Training sparse = new Training(new OptimizerSpec.RmsProp(0.5, 0, 1e-6));
    Arrays.fill(sparse.state.slot(0), 1);
    for (int steps : new int[] {1, 90, 20, 1000}) {
      sparse.round(steps, new SplittableRandom(9), new Training(sparse.spec));
      for (float value : sparse.state.slot(0)) {
        assertTrue(value == 0 || value >= Float.MIN_NORMAL, steps + " steps: " + value);
      }
    }
    assertEquals(0, sparse.state.slot(0)[7 + 3 * WIDTH], 0.3);
  }

  @ParameterizedTest
  @MethodSource("all")
  void aStepReadsAndWritesTheRowsOfItsBatchAndNoOthers(OptimizerSpec spec) {
    Training training = new Training(spec);
    int[] rows = {31, 4};
    float[] gradient = gradient(new SplittableRandom(7), rows);
    poisonOthers(gradient, rows);
    for (int slot = 0; slot < spec.slots(); slot++) {
      poisonOthers(training.state.slot(slot), rows);
    }
    poisonOthers(training.state.average(), rows);
    float[] before = training.parameters.clone();
    training.support.setRows(rows, rows.length);
    RoundSteps steps = new RoundSteps(spec, EMA, training.state, training.support);
    for (int step = 0; step < 40; step++) {
      double norm = new Clipping(0, 0, 1).apply(gradient, training.support);
      assertTrue(Double.isFinite(norm));
      steps.step(training.parameters, gradient, 0.01);
    }
    assertEquals(7 + 11 + 2 * WIDTH, training.support.entries());
    for (int i = 0; i < SIZE; i++) {
      boolean rest = isOther(i, rows);
      assertEquals(rest, Float.isNaN(training.state.average()[i]), "average " + i);
      assertEquals(rest, before[i] == training.parameters[i], "entry " + i);
      for (int slot = 0; slot < spec.slots(); slot++) {
        assertEquals(rest, Float.isNaN(training.state.slot(slot)[i]), "moment " + i);
      }
    }
  }

  @Test
  void aFrozenVariableRestsUnderEveryOptimizer() {
    for (OptimizerSpec spec :
        new OptimizerSpec[] {
          new OptimizerSpec.Sgd(0.9, true),
          OptimizerSpec.AdamW.defaults(),
          new OptimizerSpec.RmsProp(0.9, 0.5, 1e-7)
        }) {
      float[] parameters = gaussian(new SplittableRandom(5), SIZE);
      float[] before = parameters.clone();
      OptimizerState state = OptimizerState.zeros(spec, SIZE);
      ParameterGroup table = ParameterGroup.frozen(BOUNDARIES[1], BOUNDARIES[2]);
      GradientSupport support = GradientSupport.rows(BOUNDARIES, List.of(table), 1, WIDTH);
      support.setRows(new int[] {3}, 1);
      RoundSteps steps = new RoundSteps(spec, new MovingAverage(0), state, support);
      steps.step(parameters, gaussian(new SplittableRandom(8), SIZE), 0.1);
      steps.finish(parameters);
      for (int i = 0; i < SIZE; i++) {
        assertEquals(i >= 7 && i < BOUNDARIES[2], parameters[i] == before[i], "entry " + i);
      }
    }
  }

  @Test
  void clippingByRowsIsClippingTheWholeGradient() {
    int[] rows = {12, 39, 0};
    float[] gradient = gradient(new SplittableRandom(10), rows);
    GradientSupport support = GradientSupport.rows(BOUNDARIES, List.of(), 1, WIDTH);
    support.setRows(rows, rows.length);
    for (Clipping clipping :
        new Clipping[] {
          Clipping.none(), new Clipping(0.1, 0, 0), new Clipping(0, 0.7, 0), new Clipping(0, 0, 1.3)
        }) {
      float[] sparse = gradient.clone();
      float[] dense = gradient.clone();
      double norm = clipping.apply(dense, BOUNDARIES);
      assertEquals(norm, clipping.apply(sparse, support), 1e-12);
      assertArrayEquals(dense, sparse, 1e-7f);
    }
  }

  private static boolean isOther(int entry, int[] rows) {
    int row = (entry - 7) / WIDTH;
    return entry >= 7 && entry < BOUNDARIES[2] && Arrays.stream(rows).noneMatch(r -> r == row);
  }

  private static void poisonOthers(float[] values, int[] rows) {
    for (int i = 0; i < SIZE; i++) {
      if (isOther(i, rows)) {
        values[i] = Float.NaN;
      }
    }
  }

  private static float[] gradient(SplittableRandom random, int[] rows) {
    float[] gradient = gaussian(random, SIZE);
    for (int i = 0; i < SIZE; i++) {
      gradient[i] = isOther(i, rows) ? 0 : gradient[i];
    }
    return gradient;
  }

  private static int[] distinct(SplittableRandom random, int count) {
    // row 3 is never touched
    return random.ints(0, ROWS).filter(r -> r != 3).distinct().limit(count).toArray();
  }

  private static float[] gaussian(SplittableRandom random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static void assertNear(float[] expected, float[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-5 * Math.abs(expected[i]) + 1e-28, "moment " + i);
    }
  }
}

package io.sparkrnn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerSpecTest {

  static Stream<OptimizerSpec> optimizers() {
    return Stream.of(
        OptimizerSpec.Sgd.defaults(),
        new OptimizerSpec.Sgd(0.9, false),
        new OptimizerSpec.Sgd(0.8, true),
        OptimizerSpec.RmsProp.defaults(),
        new OptimizerSpec.RmsProp(0.95, 0.7, 1e-6),
        OptimizerSpec.Adam.defaults(),
        new OptimizerSpec.Adam(0.5, 0.9, 1e-3),
        OptimizerSpec.AdamW.defaults(),
        new OptimizerSpec.AdamW(0.8, 0.99, 1e-6, 0.1));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void everyStepIsThatOfTheFormulasInDouble(OptimizerSpec spec) {
    SplittableRandom random = new SplittableRandom(31);
    int n = 203;
    float[] parameters = gaussian(random, n, 1);
    OptimizerState state = OptimizerState.zeros(spec, n);
    ReferenceOptimizer reference = new ReferenceOptimizer(spec, parameters);
    for (int step = 1; step <= 60; step++) {
      float[] gradient = gaussian(random, n, StrictMath.pow(10, random.nextInt(5) - 4));
      gradient[7] = 0;
      double rate = step <= 30 ? 0.01 : 0.003;
      spec.step(parameters, gradient, state, rate);
      reference.step(gradient, rate);
      assertEquals(step, state.steps());
      for (int i = 0; i < n; i++) {
        double expected = reference.parameters()[i];
        assertEquals(
            expected, parameters[i], 2e-5 * Math.max(1, Math.abs(expected)), "step " + step);
      }
    }
  }

  @Test
  void twoStepsComeOutAsByHand() {
    // p 2, gradients 0.5 and -0.25, learning rate 0.1
    assertEquals(1.975, twoSteps(OptimizerSpec.Sgd.defaults()), 1e-6);
    assertEquals(1.93, twoSteps(new OptimizerSpec.Sgd(0.9, false)), 1e-6);
    assertEquals(1.912, twoSteps(new OptimizerSpec.Sgd(0.9, true)), 1e-6);
    double rms = 2 - 0.05 / Math.sqrt(0.025 + 1e-7) + 0.025 / Math.sqrt(0.02875 + 1e-7);
    assertEquals(rms, twoSteps(OptimizerSpec.RmsProp.defaults()), 1e-6);
  }

  private static float twoSteps(OptimizerSpec spec) {
    float[] p = {2};
    OptimizerState state = OptimizerState.zeros(spec, 1);
    spec.step(p, new float[] {0.5f}, state, 0.1);
    spec.step(p, new float[] {-0.25f}, state, 0.1);
    return p[0];
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void zeroGradientsFromTheStartChangeNothingButWhatDecays(OptimizerSpec spec) {
    float[] parameters = {1, -2, 0};
    OptimizerState state = OptimizerState.zeros(spec, 3);
    for (int step = 0; step < 40; step++) {
      spec.step(parameters, new float[3], state, 0.1);
    }
    double decay = spec instanceof OptimizerSpec.AdamW w ? 1 - 0.1 * w.weightDecay() : 1;
    double kept = StrictMath.pow(decay, 40);
    assertEquals(kept, parameters[0], 1e-5);
    assertEquals(-2 * kept, parameters[1], 1e-5);
    assertEquals(0, parameters[2]);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void subnormalGradientsAreHarmless(OptimizerSpec spec) {
    float[] parameters = {1, -2};
    OptimizerState state = OptimizerState.zeros(spec, 2);
    for (int step = 0; step < 40; step++) {
      spec.step(parameters, new float[] {Float.MIN_VALUE, -1e-40f}, state, 0.1);
    }
    assertTrue(Float.isFinite(parameters[0]) && Float.isFinite(parameters[1]));
    assertEquals(-2, parameters[1] / parameters[0], 1e-6);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void momentsThatFadeEndAtZeroAndAreNeverLeftSubnormal(OptimizerSpec spec) {
    float[] parameters = {1};
    OptimizerState state = OptimizerState.zeros(spec, 1);
    spec.step(parameters, new float[] {0.3f}, state, 0.1);
    for (int step = 0; step < 100_000; step++) {
      spec.step(parameters, new float[1], state, 0.1);
      for (int slot = 0; slot < spec.slots(); slot++) {
        float value = Math.abs(state.slot(slot)[0]);
        assertTrue(value == 0 || value >= Float.MIN_NORMAL, "step " + step + ": " + value);
      }
    }
    for (int slot = 0; slot < spec.slots(); slot++) {
      assertEquals(0, state.slot(slot)[0]);
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void noParametersAreLegal(OptimizerSpec spec) {
    OptimizerState state = OptimizerState.zeros(spec, 0);
    spec.step(new float[0], new float[0], state, 0.1);
    assertEquals(1, state.steps());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void eachElementIsStepped(OptimizerSpec spec) {
    // the same numbers alone and within a long array: no vector tail differs from its body
    SplittableRandom random = new SplittableRandom(33);
    int n = 67;
    float[] together = gaussian(random, n, 1);
    float[] start = together.clone();
    OptimizerState state = OptimizerState.zeros(spec, n);
    float[][] gradients = {gaussian(random, n, 0.1), gaussian(random, n, 1e-8)};
    for (int round = 0; round < 2000; round++) {
      spec.step(together, gradients[round & 1], state, 1e-3);
    }
    for (int i = 0; i < n; i += 13) {
      float[] alone = {start[i]};
      OptimizerState one = OptimizerState.zeros(spec, 1);
      for (int round = 0; round < 2000; round++) {
        spec.step(alone, new float[] {gradients[round & 1][i]}, one, 1e-3);
      }
      assertEquals(alone[0], together[i], 0f);
    }
  }

  @Test
  void aCopiedStateGoesOnByItself() {
    OptimizerSpec spec = OptimizerSpec.Adam.defaults();
    float[] p = {1, 2};
    OptimizerState state = OptimizerState.zeros(spec, 2);
    spec.step(p, new float[] {1, -1}, state, 0.1);
    OptimizerState copy = state.copy();
    float[] slot = copy.slot(0).clone();
    spec.step(p, new float[] {1, -1}, state, 0.1);
    assertArrayEquals(slot, copy.slot(0));
    assertEquals(1, copy.steps());
    assertEquals(2, state.steps());
  }

  @Test
  void sizesThatDifferAreRefused() {
    OptimizerSpec spec = OptimizerSpec.Adam.defaults();
    OptimizerState state = OptimizerState.zeros(spec, 3);
    OptimizerState other = OptimizerState.zeros(OptimizerSpec.Sgd.defaults(), 3);
    float[] p = new float[3];
    assertThrows(IllegalArgumentException.class, () -> spec.step(p, new float[2], state, 0.1));
    assertThrows(IllegalArgumentException.class, () -> spec.step(p, new float[3], other, 0.1));
  }

  @Test
  void constantsOutOfRangeAreNamed() {
    assertRefused("momentum must be in [0, 1], got 1.5", () -> new OptimizerSpec.Sgd(1.5, false));
    assertRefused("rho must be in [0, 1), got 1.0", () -> new OptimizerSpec.RmsProp(1, 0, 1e-7));
    assertRefused("beta2 must be in [0, 1), got NaN", () -> adam(Double.NaN, 1e-7));
    assertRefused("epsilon must be > 0 and finite, got 0.0", () -> adam(0.9, 0));
    assertRefused(
        "weightDecay must be >= 0 and finite, got -1.0",
        () -> new OptimizerSpec.AdamW(0.9, 0.9, 1e-7, -1));
  }

  private static OptimizerSpec adam(double beta2, double epsilon) {
    return new OptimizerSpec.Adam(0.9, beta2, epsilon);
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  private static float[] gaussian(SplittableRandom random, int n, double scale) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return values;
  }
}

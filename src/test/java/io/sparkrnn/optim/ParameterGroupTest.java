package io.sparkrnn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Five variables, of which one has no group, two a rate of their own, and one rests. */
class ParameterGroupTest {
  private static final int WIDTH = 4;
  private static final int[] BOUNDARIES = {0, 24, 31, 36, 47, 60};
  private static final int SIZE = 60;
  private static final double[] FACTORS = {0.1, 1, 3, 0, 3};
  private static final List<ParameterGroup> GROUPS =
      List.of(
          ParameterGroup.scaled(0, 24, 0.1),
          ParameterGroup.scaled(31, 36, 3),
          ParameterGroup.frozen(36, 47),
          ParameterGroup.scaled(47, 60, 3));

  static Stream<OptimizerSpec> optimizers() {
    return OptimizerSpecTest.optimizers();
  }

  /** Every variable is a training of its own, in double, at its own rate. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void everyStepIsThatOfTheFormulasAtTheGroupsRate(OptimizerSpec spec) {
    SplittableRandom random = new SplittableRandom(3);
    float[] parameters = gaussian(random);
    float[] start = parameters.clone();
    OptimizerState state = OptimizerState.zeros(spec, SIZE);
    List<ReferenceOptimizer> references =
        variables().map(part -> new ReferenceOptimizer(spec, part.of(start))).toList();
    GradientSupport support = GradientSupport.dense(BOUNDARIES, GROUPS);
    for (int step = 1; step <= 40; step++) {
      float[] gradient = gaussian(random);
      double rate = step <= 20 ? 0.01 : 0.003;
      spec.step(parameters, gradient, support, state, rate);
      variables()
          .filter(part -> part.factor() > 0)
          .forEach(
              part -> references.get(part.number()).step(part.of(gradient), rate * part.factor()));
      variables().forEach(part -> part.check(references, parameters));
    }
    assertArrayEquals(
        Arrays.copyOfRange(start, 36, 47), Arrays.copyOfRange(parameters, 36, 47), "frozen");
    for (int slot = 0; slot < spec.slots(); slot++) {
      assertArrayEquals(new float[11], Arrays.copyOfRange(state.slot(slot), 36, 47), "moments");
    }
  }

  /** A factor of 1 does not change a bit, and rows of a table have their table's factor. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void rowsOfATableHaveTheRateOfItsGroup(OptimizerSpec spec) {
    GradientSupport dense = GradientSupport.dense(BOUNDARIES, GROUPS);
    GradientSupport rows = GradientSupport.rows(BOUNDARIES, GROUPS, 0, WIDTH);
    int[] all = {5, 3, 1, 0, 2, 4};
    rows.setRows(all, all.length);
    float[] gradient = gaussian(new SplittableRandom(4));
    float[] expected = gaussian(new SplittableRandom(5));
    float[] actual = expected.clone();
    spec.step(expected, gradient, dense, OptimizerState.zeros(spec, SIZE), 0.01);
    spec.step(actual, gradient, rows, OptimizerState.zeros(spec, SIZE), 0.01);
    assertArrayEquals(expected, actual);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aFactorOfOneDoesNotChangeABit(OptimizerSpec spec) {
    List<ParameterGroup> ones = List.of(ParameterGroup.scaled(0, SIZE, 1));
    float[] gradient = gaussian(new SplittableRandom(4));
    float[] expected = gaussian(new SplittableRandom(5));
    float[] actual = expected.clone();
    spec.step(expected, gradient, OptimizerState.zeros(spec, SIZE), 0.0123);
    GradientSupport support = GradientSupport.dense(BOUNDARIES, ones);
    spec.step(actual, gradient, support, OptimizerState.zeros(spec, SIZE), 0.0123);
    assertArrayEquals(expected, actual);
  }

  @Test
  void frozenVariablesHaveNoPartInTheNormAndAreNotClipped() {
    float[] gradient = gaussian(new SplittableRandom(6));
    float[] others = gradient.clone();
    Arrays.fill(others, 36, 47, 0f);
    float[] clipped = gradient.clone();
    Clipping clipping = new Clipping(0, 0, 0.5);
    double norm = clipping.apply(clipped, GradientSupport.dense(BOUNDARIES, GROUPS));
    assertEquals(clipping.apply(others, BOUNDARIES), norm, 1e-12);
    assertArrayEquals(Arrays.copyOfRange(gradient, 36, 47), Arrays.copyOfRange(clipped, 36, 47));
    System.arraycopy(gradient, 36, others, 36, 11);
    assertArrayEquals(others, clipped);
  }

  @Test
  void groupsHoldWholeVariablesAndEachOnce() {
    refuse(ParameterGroup.scaled(0, 20, 2));
    refuse(ParameterGroup.frozen(30, 36));
    refuse(ParameterGroup.scaled(0, 31, 2), ParameterGroup.frozen(24, 36));
    assertEquals(
        60 - 36,
        GradientSupport.dense(BOUNDARIES, List.of(ParameterGroup.frozen(0, 36))).entries());
  }

  private static void refuse(ParameterGroup... groups) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> GradientSupport.dense(BOUNDARIES, List.of(groups)));
    assertEquals(0, refusal.getMessage().indexOf("groups must hold whole variables"));
  }

  @Test
  void ratesArePositive() {
    assertThrows(IllegalArgumentException.class, () -> ParameterGroup.scaled(0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> ParameterGroup.scaled(2, 1, 1));
  }

  /** One variable. */
  private record Variable(int number) {
    double factor() {
      return FACTORS[number];
    }

    float[] of(float[] values) {
      return Arrays.copyOfRange(values, BOUNDARIES[number], BOUNDARIES[number + 1]);
    }

    void check(List<ReferenceOptimizer> references, float[] parameters) {
      double[] expected = references.get(number).parameters();
      float[] actual = of(parameters);
      for (int i = 0; i < expected.length; i++) {
        double tolerance = 2e-5 * Math.max(1, Math.abs(expected[i]));
        assertEquals(expected[i], actual[i], tolerance, "variable " + number);
      }
    }
  }

  private static Stream<Variable> variables() {
    return IntStream.range(0, FACTORS.length).mapToObj(Variable::new);
  }

  private static float[] gaussian(SplittableRandom random) {
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}

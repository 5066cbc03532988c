package io.sparkrnn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClippingTest {
  private static final int[] BOUNDARIES = {0, 2, 2, 5};

  private final float[] gradient = {3, 4, 0.1f, -0.2f, 0.2f};
  private final double norm = Math.sqrt(25.09);

  @Test
  void noneOnlyMeasures() {
    float[] before = gradient.clone();
    assertEquals(norm, Clipping.none().apply(gradient, BOUNDARIES), 1e-8);
    assertArrayEquals(before, gradient);
  }

  @Test
  void valueBoundsEachEntry() {
    assertEquals(norm, new Clipping(0.15, 0, 0).apply(gradient, BOUNDARIES), 1e-8);
    assertArrayEquals(new float[] {0.15f, 0.15f, 0.1f, -0.15f, 0.15f}, gradient);
  }

  @Test
  void normBoundsEachVariableByItself() {
    assertEquals(norm, new Clipping(0, 1, 0).apply(gradient, BOUNDARIES), 1e-8);
    assertArrayEquals(new float[] {0.6f, 0.8f, 0.1f, -0.2f, 0.2f}, gradient, 1e-7f);
  }

  @Test
  void globalNormScalesAllAlike() {
    assertEquals(norm, new Clipping(0, 0, 1).apply(gradient, BOUNDARIES), 1e-8);
    float[] expected = {3, 4, 0.1f, -0.2f, 0.2f};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] / norm, gradient[i], 1e-7);
    }
    assertEquals(1, Clipping.none().apply(gradient, BOUNDARIES), 1e-6);
  }

  @Test
  void gradientsWithinTheBoundStayBitForBit() {
    float[] before = gradient.clone();
    new Clipping(0, 6, 0).apply(gradient, BOUNDARIES);
    new Clipping(0, 0, 5.1).apply(gradient, BOUNDARIES);
    new Clipping(4, 0, 0).apply(gradient, BOUNDARIES);
    assertArrayEquals(before, gradient);
  }

  @Test
  void zeroAndEmptyGradientsStayAsTheyAre() {
    for (Clipping clipping : new Clipping[] {new Clipping(0, 1, 0), new Clipping(0, 0, 1)}) {
      float[] zeros = new float[5];
      assertEquals(0, clipping.apply(zeros, BOUNDARIES));
      assertArrayEquals(new float[5], zeros);
      assertEquals(0, clipping.apply(new float[0], new int[] {0}));
      assertEquals(0, clipping.apply(new float[0], new int[0]));
    }
  }

  @Test
  void hugeAndTinyEntriesNeitherOverflowNorVanish() {
    float[] huge = {3e38f, 3e38f};
    assertEquals(3e38 * Math.sqrt(2), new Clipping(0, 1, 0).apply(huge, new int[] {0, 2}), 1e32);
    assertEquals(Math.sqrt(0.5), huge[0], 1e-6);
    float[] tiny = {Float.MIN_VALUE};
    assertEquals(Float.MIN_VALUE, Clipping.none().apply(tiny, new int[] {0, 1}));
  }

  @Test
  void aGradientThatIsNotFiniteShowsInTheNormAndIsNotHidden() {
    float[] broken = {1, Float.NaN};
    assertTrue(Double.isNaN(new Clipping(0, 0, 1).apply(broken, new int[] {0, 2})));
    assertTrue(Float.isNaN(broken[0]));
    float[] infinite = {1, Float.POSITIVE_INFINITY};
    assertEquals(Double.POSITIVE_INFINITY, new Clipping(0, 0, 1).apply(infinite, new int[] {0, 2}));
    assertTrue(Float.isNaN(infinite[0]));
  }

  @Test
  void onlyOneKindMayBeOn() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Clipping(1, 0, 2));
    assertTrue(e.getMessage().startsWith("at most one of clipvalue"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Clipping(0, -1, 0));
  }
}

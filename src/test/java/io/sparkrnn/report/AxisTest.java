package io.sparkrnn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void linearTicksAreRoundAndEncloseTheValues() {
    Axis axis = Axis.linear(new double[] {0.22, Double.NaN, 0.61});
    assertArrayEquals(new double[] {0.2, 0.3, 0.4, 0.5, 0.6, 0.7}, axis.ticks(), 1e-12);
    assertEquals(0, axis.place(0.2), 1e-12);
    assertEquals(1, axis.place(0.7), 1e-12);
  }

  @Test
  void oneValueAndNoValueHaveAnAxisToo() {
    for (double[] values : new double[][] {{}, {0}, {5}, {-1e-9}, {1e30, 1e30}, {Double.NaN}}) {
      Axis axis = Axis.linear(values);
      assertTrue(axis.low() < axis.high());
      assertTrue(axis.ticks().length >= 2 && axis.ticks().length < 20);
    }
  }

  @Test
  void wholeTicksAreWhole() {
    assertArrayEquals(new double[] {1, 2, 3, 4, 5}, Axis.whole(1, 5).ticks());
    assertArrayEquals(new double[] {0, 100, 200, 300, 400}, Axis.whole(0, 499).ticks());
    assertArrayEquals(new double[] {1}, Axis.whole(1, 1).ticks());
    assertEquals(0.5, Axis.whole(1, 1).place(1));
  }

  @Test
  void logarithmicTicksArePowersOfTenAroundTheValues() {
    Axis axis = Axis.logarithmic(new double[] {0.02, 0, 3e-7, Double.NaN});
    assertEquals(0.1, axis.high(), 1e-15);
    assertTrue(axis.low() <= 3e-7);
    assertTrue(axis.ticks().length <= 8);
    assertTrue(axis.shows(1e-5));
    assertFalse(axis.shows(0));
    assertEquals(0.5, Axis.logarithmic(new double[] {0.01, 1}).place(0.1), 1e-12);
    assertTrue(Axis.logarithmic(new double[] {1e-300, 1e-3}).ticks().length <= 8);
    assertTrue(Axis.logarithmic(new double[0]).ticks().length >= 2);
  }
}

package io.sparkrnn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void numbersAreShortAndReadable() {
    assertEquals("0", Figures.brief(0));
    assertEquals("0.012", Figures.brief(0.012));
    assertEquals("0.3", Figures.brief(0.30000000000000004));
    assertEquals("100", Figures.brief(100));
    assertEquals("3.1e-7", Figures.brief(3.14e-7));
    assertEquals("2e6", Figures.brief(2e6));
    assertEquals("1,234", Figures.count(1234));
    assertEquals("87.5 %", Figures.percent(0.875));
    assertEquals("12.5 s", Figures.seconds(12.5));
    assertEquals("2 min 05 s", Figures.seconds(125));
    assertEquals("1 h 01 min", Figures.seconds(3661));
  }

  @Test
  void whatIsNotKnownIsADash() {
    assertEquals(Figures.NONE, Figures.brief(Double.NaN));
    assertEquals(Figures.NONE, Figures.fraction(Double.POSITIVE_INFINITY));
  }
}

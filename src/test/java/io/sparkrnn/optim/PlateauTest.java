package io.sparkrnn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlateauTest {
  /** The rate of each epoch, the first before any loss is known. */
  private static double[] rates(Plateau plateau, double... losses) {
    double[] rates = new double[losses.length + 1];
    for (int epochs = 0; epochs < rates.length; epochs++) {
      rates[epochs] = 2 * plateau.rateFactor(2, Arrays.copyOf(losses, epochs));
    }
    return rates;
  }

  private static void assertRates(double[] actual, double... expected) {
    assertEquals(Arrays.toString(expected), Arrays.toString(actual));
  }

  @Test
  void theRateIsReducedAfterPatienceEpochsWithoutABetterLoss() {
    Plateau plateau = new Plateau(2, 0.5, 0, 0, 0);
    assertRates(rates(plateau, 5, 4, 4, 3, 3, 3, 7, 7), 2, 2, 2, 2, 2, 2, 1, 1, 0.5);
  }

  @Test
  void aFallOfNoMoreThanMinDeltaIsNoImprovement() {
    Plateau plateau = new Plateau(1, 0.5, 0.25, 0, 0);
    assertRates(rates(plateau, 5, 4.75, 4.5, 4.25), 2, 2, 1, 1, 0.5);
  }

  @Test
  void epochsOfCooldownAreNotWatched() {
    Plateau plateau = new Plateau(1, 0.5, 0, 2, 0);
    assertRates(rates(plateau, 5, 5, 5, 5, 5, 5), 2, 2, 1, 1, 0.5, 0.5, 0.25);
    Plateau longer = new Plateau(2, 0.5, 0, 2, 0);
    assertRates(rates(longer, 5, 5, 5, 5, 5, 5, 5), 2, 2, 2, 1, 1, 1, 0.5, 0.5);
  }

  @Test
  void theRateStopsAtItsLeast() {
    Plateau plateau = new Plateau(1, 0.25, 0, 0, 0.25);
    assertRates(rates(plateau, 5, 5, 5, 5), 2, 2, 0.5, 0.25, 0.25);
  }

  @Test
  void aLossThatIsNoNumberIsNoImprovement() {
    Plateau plateau = new Plateau(1, 0.5, 0, 0, 0);
    assertRates(rates(plateau, Double.NaN, 5, Double.NaN), 2, 1, 1, 0.5);
  }

  @Test
  void patienceZeroNeverReduces() {
    assertRates(rates(Plateau.never(), 5, 6, 7, 8), 2, 2, 2, 2, 2);
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertEquals(
        "plateauFactor must be in (0, 1), got 1.0",
        assertThrows(IllegalArgumentException.class, () -> new Plateau(1, 1, 0, 0, 0))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Plateau(-1, 0.5, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Plateau(1, 0.5, Double.NaN, 0, 0));
  }
}

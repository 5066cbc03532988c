package io.sparkrnn.train.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.train.shards.Refusals;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Figures are written the same way whatever language the machine speaks. */
class EvaluationLocaleTest {
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void speakGerman() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void speakAsBefore() {
    Locale.setDefault(before);
  }

  @Test
  void pointsStayPoints() {
    long[][] confusion = {{4, 1}, {2, 3}};
    assertEquals(
        "rows 10, refused 0, accuracy 0.7000, log loss 0.5000, auc 0.8100",
        Evaluations.classes(10, Refusals.none(), new double[] {0.7, 0.5, 0.81}, confusion)
            .toString());
    assertEquals(
        "rows 10, refused 1, mean squared error 0.250000, mean absolute error 0.500000",
        Evaluations.numbers(10, 1, 0.25, 0.5).toString());
  }
}

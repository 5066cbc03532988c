package io.sparkrnn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {

  @Test
  void constantIsOne() {
    assertEquals(1, new LearningRateSchedule.Constant().factor(17.3));
  }

  @Test
  void exponentialFallsByTheRateInItsEpochs() {
    LearningRateSchedule schedule = new LearningRateSchedule.Exponential(0.5, 2);
    assertEquals(1, schedule.factor(0));
    assertEquals(0.5, schedule.factor(2), 1e-15);
    assertEquals(Math.sqrt(0.5), schedule.factor(1), 1e-15);
    assertEquals(0.125, schedule.factor(6), 1e-15);
  }

  @Test
  void cosineFallsToAlphaAndStaysThere() {
    LearningRateSchedule schedule = new LearningRateSchedule.Cosine(4, 0.1);
    assertEquals(1, schedule.factor(0));
    assertEquals(0.55, schedule.factor(2), 1e-15);
    assertEquals(0.1, schedule.factor(4), 1e-15);
    assertEquals(0.1, schedule.factor(40), 1e-15);
    assertEquals(0.9 * 0.5 * (1 + Math.cos(Math.PI / 4)) + 0.1, schedule.factor(1), 1e-15);
  }

  @Test
  void warmUpRisesAndHandsOver() {
    LearningRateSchedule then = new LearningRateSchedule.Cosine(4, 0);
    LearningRateSchedule schedule = new LearningRateSchedule.WarmUp(2, then);
    assertEquals(0, schedule.factor(0));
    assertEquals(0.25, schedule.factor(0.5), 1e-15);
    assertEquals(1, schedule.factor(2));
    assertEquals(then.factor(3), schedule.factor(5));
  }

  @Test
  void lengthsMustBePositive() {
    assertThrows(IllegalArgumentException.class, () -> new LearningRateSchedule.Exponential(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new LearningRateSchedule.Cosine(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new LearningRateSchedule.Cosine(1, 1.1));
    assertThrows(NullPointerException.class, () -> new LearningRateSchedule.WarmUp(1, null));
  }
}

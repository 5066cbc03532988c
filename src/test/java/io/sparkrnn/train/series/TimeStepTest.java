package io.sparkrnn.train.series;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeStepTest {
  private static double[] times(TimeForm form, String... texts) {
    return Stream.of(texts).mapToDouble(form::parse).toArray();
  }

  private static String after(TimeForm form, int steps, String... texts) {
    double[] times = times(form, texts);
    return form.write(TimeStep.of(form, times).after(times[times.length - 1], steps));
  }

  @Test
  void theUsualStepGoesOn() {
    assertEquals("1949-07", after(TimeForm.MONTH, 2, "1949-03", "1949-04", "1949-05"));
    assertEquals("1981-01-05", after(TimeForm.DATE, 2, "1981-01-01", "1981-01-02", "1981-01-03"));
    assertEquals(
        "2010-01-01 02:00", after(TimeForm.MINUTE, 3, "2010-01-01 00:00", "2010-01-01 00:30"));
  }

  @Test
  void monthsAreCountedAsMonths() {
    assertEquals("2010-04-15", after(TimeForm.DATE, 2, "2010-01-15", "2010-02-15"));
    assertEquals("2010-03-31", after(TimeForm.DATE, 1, "2010-01-31", "2010-02-28"));
    assertEquals("2010-07-01", after(TimeForm.DATE, 1, "2010-01-01", "2010-04-01"));
  }

  @Test
  void aGapIsSoManySteps() {
    double[] times = times(TimeForm.DATE, "1981-01-01", "1981-01-02", "1981-01-03", "1981-01-07");
    TimeStep step = TimeStep.of(TimeForm.DATE, times);
    assertEquals(4, step.between(times[2], times[3]));
    assertEquals(2.0 / 3, step.share(), 1e-12);
    assertEquals("1 day", step.words());
  }
}

package io.sparkrnn.train.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.SyntheticReviews;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final PackedShard ROWS = SyntheticReviews.shard(40, 100, 1);

  /** A clock on which everything takes a tenth of a second. */
  private static Rate measured() {
    AtomicLong nanos = new AtomicLong();
    Clocks clocks = new Clocks(() -> nanos.addAndGet(100_000_000), () -> 0);
    return Calibration.measure(Preflights.config(1), ROWS, 1, clocks);
  }

  @Test
  void theRateIsThatOfTheStepsOfARound() {
    Rate rate = measured();
    assertEquals(ROWS.steps() / 0.1, rate.stepsPerSecond(), 1);
    assertEquals(ROWS.steps() / 0.1, rate.evaluatedPerSecond(), 1);
    assertEquals(0, rate.warmUpSeconds(), 1e-6);
    assertEquals(0.1 / ROWS.rows(), rate.planSecondsPerRow(), 1e-9);
    assertEquals(0.05, rate.addSeconds(), 1e-9);
  }

  @Test
  void theBatchesAreThoseOfTheRows() {
    int[] steps = measured().batchSteps();
    assertEquals(2, steps.length);
    assertEquals(ROWS.steps(), Arrays.stream(steps).sum());
  }

  /** Slow code is compiled while the first rounds go on, and much faster then. */
  @Test
  void whatWasLostUntilTheCodeIsCompiledIsWarmUp() {
    AtomicLong nanos = new AtomicLong();
    AtomicLong compiled = new AtomicLong();
    Clocks clocks =
        new Clocks(
            () -> nanos.addAndGet(compiled.get() < 4_000 ? 300_000_000 : 100_000_000),
            () -> compiled.updateAndGet(millis -> Math.min(5_000, millis + 500)));
    Rate rate = Calibration.measure(Preflights.config(1), ROWS, 1, clocks);
    assertEquals(ROWS.steps() / 0.1, rate.stepsPerSecond(), 1);
    assertEquals(0.8, rate.warmUpSeconds(), 0.3);
  }
}

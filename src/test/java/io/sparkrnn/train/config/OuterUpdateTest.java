package io.sparkrnn.train.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.ShardResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class OuterUpdateTest {
  private final RoundState before =
      new RoundState(new float[] {1, 2}, optimizer(5), new float[0], 3, 4);

  private static OptimizerState optimizer(float slot) {
    return OptimizerState.of(List.of(new float[] {slot, slot}), 2, 7);
  }

  private static ShardResult mean(float a, float b) {
    return new ShardResult(new float[] {a, b}, optimizer(6), 1, 1, 0.5, new StepNorms(1));
  }

  @Test
  void theMeanIsTakenAsItIs() {
    RoundState after = new OuterUpdate.Mean().apply(before, mean(3, 2));
    assertArrayEquals(new float[] {3, 2}, after.parameters());
    assertArrayEquals(new float[] {6, 6}, after.optimizer().slot(0));
    assertEquals(0, after.velocity().length);
    assertEquals(3, after.epoch());
    assertEquals(5, after.round());
  }

  @Test
  void nesterovLooksAheadAlongTheVelocity() {
    OuterUpdate nesterov = new OuterUpdate.Nesterov(0.5);
    RoundState first = nesterov.apply(before, mean(3, 2));
    assertArrayEquals(new float[] {2, 0}, first.velocity());
    assertArrayEquals(new float[] {4, 2}, first.parameters());
    RoundState second = nesterov.apply(first, mean(5, 2));
    assertArrayEquals(new float[] {2, 0}, second.velocity());
    assertArrayEquals(new float[] {6, 2}, second.parameters());
    assertArrayEquals(new float[] {6, 6}, second.optimizer().slot(0));
  }
}

package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.optim.OptimizerState;
import java.util.List;
import org.junit.jupiter.api.Test;

class AveragingTest {
  private static final OuterUpdate MEAN = new OuterUpdate.Mean();
  private final RoundState before =
      new RoundState(new float[] {1, 2}, state(0, 0f, 0f), new float[0], 0, 0);

  private static OptimizerState state(long steps, float... slot) {
    return OptimizerState.of(List.of(slot), slot.length, steps).withAverage(negated(slot));
  }

  private static float[] negated(float[] values) {
    float[] negated = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      negated[i] = -values[i];
    }
    return negated;
  }

  private static ShardResult result(long examples, float a, float b) {
    return new ShardResult(
        new float[] {a, b},
        state(examples, 10 * a, 10 * b),
        examples,
        examples,
        0.5 * examples,
        new StepNorms(4));
  }

  @Test
  void theMeanIsWeightedByExamples() {
    RoundState after = Averaging.merge(before, List.of(result(1, 4, 0), result(3, 8, 4)), MEAN, 4);
    assertArrayEquals(new float[] {7, 3}, after.parameters());
    assertArrayEquals(new float[] {70, 30}, after.optimizer().slot(0));
    assertArrayEquals(new float[] {-70, -30}, after.modelParameters());
    assertEquals(3, after.optimizer().steps());
    assertEquals(1, after.round());
  }

  @Test
  void emptyShardsOnEitherSideChangeNothing() {
    ShardResult empty = result(0, Float.NaN, 1e30f);
    for (List<ShardResult> results :
        List.of(
            List.of(empty, result(2, 3, 5)),
            List.of(result(2, 3, 5), empty),
            List.of(result(2, 3, 5)))) {
      RoundState after = Averaging.merge(before, results, MEAN, 2);
      assertArrayEquals(new float[] {3, 5}, after.parameters());
      assertArrayEquals(new float[] {30, 50}, after.optimizer().slot(0));
    }
  }

  @Test
  void oneShardIsTakenBitForBit() {
    float odd = Float.intBitsToFloat(0x3eaaaaab);
    RoundState after = Averaging.merge(before, List.of(result(24_999, odd, -1e-38f)), MEAN, 24_999);
    assertArrayEquals(new float[] {odd, -1e-38f}, after.parameters());
    after = Averaging.merge(before, List.of(result(3, -0f, 1)), MEAN, 3);
    assertEquals(Float.floatToRawIntBits(-0f), Float.floatToRawIntBits(after.parameters()[0]));
  }

  @Test
  void nesterovLooksAheadAlongTheVelocity() {
    OuterUpdate nesterov = new OuterUpdate.Nesterov(0.5);
    RoundState first = Averaging.merge(before, List.of(result(1, 3, 2)), nesterov, 1);
    assertArrayEquals(new float[] {2, 0}, first.velocity());
    assertArrayEquals(new float[] {4, 2}, first.parameters());
    RoundState second = Averaging.merge(first, List.of(result(1, 5, 2)), nesterov, 1);
    assertArrayEquals(new float[] {2, 0}, second.velocity());
    assertArrayEquals(new float[] {6, 2}, second.parameters());
  }

  @Test
  void combiningGroupsFirstGivesTheSameMean() {
    List<ShardResult> shards =
        List.of(result(1, 4, 0), result(3, 8, 4), result(0, 9, 9), result(4, 1, 1));
    RoundState flat = Averaging.merge(before, shards, MEAN, 8);
    RoundState grouped =
        Averaging.merge(
            before,
            List.of(
                Averaging.combine(shards.subList(0, 2)), Averaging.combine(shards.subList(2, 4))),
            MEAN,
            8);
    assertArrayEquals(flat.parameters(), grouped.parameters());
  }

  @Test
  void anotherNumberOfExamplesThanExpectedFails() {
    assertEquals(
        "round 1 of epoch 1 must consume 9 examples, got 4",
        assertThrows(
                TrainingException.class,
                () -> Averaging.merge(before, List.of(result(4, 1, 1)), MEAN, 9))
            .getMessage());
    assertThrows(
        TrainingException.class, () -> Averaging.merge(before, List.of(result(0, 1, 1)), MEAN, 0));
  }
}

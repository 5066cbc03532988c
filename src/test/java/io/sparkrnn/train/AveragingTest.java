package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.train.course.ShardTimes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AveragingTest {
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

  private static Averaging averaging(ShardResult... inShardOrder) {
    Averaging averaging = new Averaging();
    Arrays.stream(inShardOrder).forEach(averaging::add);
    return averaging;
  }

  @Test
  void theMeanIsWeightedByExamples() {
    ShardResult mean = averaging(result(1, 4, 0), result(3, 8, 4)).result();
    assertArrayEquals(new float[] {7, 3}, mean.parameters());
    assertArrayEquals(new float[] {70, 30}, mean.optimizer().slot(0));
    assertArrayEquals(new float[] {-70, -30}, mean.optimizer().average());
    assertEquals(3, mean.optimizer().steps());
    assertEquals(4, mean.examples());
    assertEquals(4, mean.weight());
    assertEquals(2, mean.lossSum());
  }

  /** Empty shards too had a time. */
  @Test
  void movesAreWeightedByExamplesAndTimesAreKept() {
    ShardResult mean =
        averaging(
                result(1, 4, 0).withSquaredMove(2).withTimes(ShardTimes.of("a", 0, 5)),
                result(0, 9, 9).withSquaredMove(99).withTimes(ShardTimes.of("b", 0, 7)),
                result(3, 8, 4).withSquaredMove(6).withTimes(ShardTimes.of("a", 5, 8)))
            .result();
    assertEquals((1 * 2 + 3 * 6) / 4.0, mean.squaredMove());
    assertEquals(8, mean.times().busiest());
    ShardResult alone =
        averaging(
                result(0, 9, 9).withTimes(ShardTimes.of("b", 0, 7)),
                result(3, 8, 4).withSquaredMove(6))
            .result();
    assertEquals(6, alone.squaredMove());
    assertEquals(7, alone.times().busiest());
  }

  @Test
  void normsOfAllResultsAddUp() {
    ShardResult first = result(1, 4, 0);
    first.norms().add(1, 4, 1);
    ShardResult second = result(1, 4, 0);
    second.norms().add(1, 14, 1);
    assertArrayEquals(
        new double[] {0, 3}, averaging(first, second).result().norms().rootMeanSquares());
  }

  @Test
  void emptyShardsOnEitherSideChangeNothing() {
    ShardResult empty = result(0, Float.NaN, 1e30f);
    for (Averaging averaging :
        List.of(
            averaging(empty, result(2, 3, 5)),
            averaging(result(2, 3, 5), empty),
            averaging(empty, result(1, 3, 5), empty, result(1, 3, 5)),
            averaging(result(2, 3, 5)))) {
      assertArrayEquals(new float[] {3, 5}, averaging.result().parameters());
      assertArrayEquals(new float[] {30, 50}, averaging.result().optimizer().slot(0));
    }
    assertEquals(0, averaging(empty, empty).result().examples());
    assertThrows(IllegalStateException.class, () -> averaging().result());
  }

  @Test
  void oneShardIsTakenBitForBit() {
    float odd = Float.intBitsToFloat(0x3eaaaaab);
    ShardResult alone = result(24_999, odd, -0f);
    assertSame(alone, averaging(alone).result());
    assertSame(alone.parameters(), averaging(result(0, 1, 1), alone).result().parameters());
  }

  @Test
  void mergingGroupsGivesTheSameMean() {
    ShardResult[] shards = {result(1, 4, 0), result(3, 8, 4), result(0, 9, 9), result(4, 1, 1)};
    Averaging grouped = averaging(shards[0], shards[1]);
    grouped.merge(averaging(shards[2], shards[3]));
    assertArrayEquals(averaging(shards).result().parameters(), grouped.result().parameters());
    assertEquals(8, grouped.result().examples());
  }

  @Test
  void mergingWithAnEmptyMeanOnEitherSideChangesNothing() {
    Averaging left = averaging(result(0, 9, 9));
    left.merge(averaging(result(2, 3, 5), result(2, 5, 3)));
    Averaging right = averaging(result(2, 3, 5), result(2, 5, 3));
    right.merge(averaging(result(0, 9, 9)));
    assertArrayEquals(new float[] {4, 4}, left.result().parameters());
    assertArrayEquals(new float[] {4, 4}, right.result().parameters());
  }
}

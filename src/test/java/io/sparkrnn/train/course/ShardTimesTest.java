package io.sparkrnn.train.course;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShardTimesTest {
  private static final ShardTimes MIXED =
      ShardTimes.all(
          List.of(
              ShardTimes.of("a", 100, 130),
              ShardTimes.of("b", 7, 27),
              ShardTimes.of("a", 160, 180),
              ShardTimes.of("a", 110, 150)));

  @Test
  void shardsSideBySideCountOnceAndThoseInTurnAddUp() {
    assertEquals(50 + 20, MIXED.busiest());
  }

  @Test
  void oneShardInsideAnothersTimeAddsNothing() {
    ShardTimes inside =
        ShardTimes.all(List.of(ShardTimes.of("a", 0, 100), ShardTimes.of("a", 20, 30)));
    assertEquals(100, inside.busiest());
  }

  @Test
  void clocksOfDifferentProcessesAreNotCompared() {
    ShardTimes apart =
        ShardTimes.all(
            List.of(ShardTimes.of("a", 0, 10), ShardTimes.of("b", 1_000_000, 1_000_030)));
    assertEquals(30, apart.busiest());
  }

  @Test
  void theImbalanceIsTheLongestBeyondTheMean() {
    assertEquals(Math.round(40 - (30 + 20 + 20 + 40) / 4.0), MIXED.imbalance());
  }

  @Test
  void noShardTakesNoTime() {
    assertEquals(0, ShardTimes.none().busiest());
    assertEquals(0, ShardTimes.all(List.of()).imbalance());
  }

  @Test
  void theWallClockIsSplitWithoutRemainder() {
    RoundTimes times = RoundTimes.of(200, 15, 25, MIXED);
    assertEquals(new RoundTimes(15, 70, 25, 90, 13), times.plus(RoundTimes.none()));
    assertEquals(200, times.wall());
  }

  /** Results are averaged while other shards are computed: the time counts once. */
  @Test
  void averagingBesideShardsIsNotComputing() {
    RoundTimes times = RoundTimes.of(80, 0, 30, MIXED);
    assertEquals(50, times.computing());
    assertEquals(0, times.waiting());
  }
}

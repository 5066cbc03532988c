package io.sparkrnn.train.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.Rounds;
import io.sparkrnn.train.config.TrainingConfig;
import org.junit.jupiter.api.Test;

class TimeForecastTest {
  private static final ShardSize SHARD = new ShardSize(3_200, 100_000, 50, 0, 0);
  private static final ShardSize LARGE = new ShardSize(6_400, 200_000, 50, 0, 0);
  private static final double NEAR = 0.05;

  /** A thousand steps a second; batches of 600 and of 1,400 steps. */
  private static final Rate RATE = new Rate(1_000, 4_000, 7, 0, 0, new int[] {600, 1_400});

  private static TimeEstimate time(int batchesPerRound, Cluster cluster, ShardSize... shards) {
    return time(RATE, batchesPerRound, cluster, shards);
  }

  private static TimeEstimate time(
      Rate rate, int batchesPerRound, Cluster cluster, ShardSize... shards) {
    TrainingConfig config =
        Preflights.config(1)
            .with(new Rounds(shards.length, batchesPerRound, new OuterUpdate.Mean()));
    Preflight preflight = Preflight.of(config, Preflights.data(shards), cluster);
    return TimeForecast.estimate(config, preflight, rate);
  }

  @Test
  void oneShardTakesItsStepsByTheRate() {
    TimeEstimate time = time(0, Preflights.local(1, 1 << 30), SHARD);
    assertEquals(100, time.epochSeconds(), NEAR);
    assertEquals(time.epochSeconds(), time.roundSeconds());
    assertEquals(10 * time.epochSeconds() + 7, time.trainingSeconds(), 1e-9);
    assertEquals(6 * 100 * 1_000e-9, time.gflops(), 1e-9, "84 + 12 + 4 weights, 6 flop each");
  }

  @Test
  void anEpochIsAsLongAsItsLargestShard() {
    Cluster two = Preflights.local(2, 1 << 30);
    assertEquals(100, time(0, two, SHARD, SHARD).epochSeconds(), NEAR);
    assertEquals(200, time(0, two, SHARD, LARGE).epochSeconds(), NEAR);
    assertEquals(200, time(0, two, SHARD, SHARD, SHARD).epochSeconds(), NEAR);
    assertEquals(200, time(0, Preflights.local(1, 1 << 30), SHARD, SHARD).epochSeconds(), NEAR);
  }

  @Test
  void inShortRoundsShardsWaitForTheLongestBatches() {
    Cluster two = Preflights.local(2, 1 << 30);
    double waiting = time(1, two, SHARD, SHARD).epochSeconds();
    double alone = time(1, two, SHARD).epochSeconds();
    assertEquals(100, alone, 10);
    assertEquals(1.2, waiting / 100, 0.05, "the longer of two batches of 600 or 1,400 steps");
    assertTrue(time(20, two, SHARD, SHARD).epochSeconds() < waiting);
  }

  @Test
  void aShardWithMoreBatchesTrainsAloneAtTheEndOfAnEpoch() {
    Cluster two = Preflights.local(2, 1 << 30);
    assertEquals(200, time(100, two, SHARD, LARGE).epochSeconds(), 20);
  }

  @Test
  void validationIsSharedByTheTasks() {
    ShardSize held = new ShardSize(3_200, 100_000, 50, 320, 40_000);
    Cluster two = Preflights.local(2, 1 << 30);
    assertEquals(110, time(0, two, held, held).epochSeconds(), NEAR);
  }

  @Test
  void whatIsSentAndAddedCountsOnACluster() {
    Rate adding = new Rate(1e12, 1e12, 0, 0, 0.5, new int[] {1});
    double here = time(adding, 0, Preflights.local(2, 1 << 30), SHARD, SHARD).roundSeconds();
    assertEquals(1, here, NEAR);
    Cluster far = Preflights.cluster(2, 2, 2, 1 << 30, 0);
    assertEquals(here + 12_000 / 1e8, time(adding, 0, far, SHARD, SHARD).roundSeconds(), 1e-9);
  }

  @Test
  void shufflingALargeShardCountsOnceInAnEpoch() {
    Rate planning = new Rate(1e12, 1e12, 0, 1e-3, 0, new int[] {1});
    TimeEstimate time = time(planning, 5, Preflights.local(1, 1 << 30), SHARD);
    assertEquals(3.2 / 20, time.roundSeconds(), NEAR);
    assertEquals(3.2, time.epochSeconds(), 0.2);
  }
}

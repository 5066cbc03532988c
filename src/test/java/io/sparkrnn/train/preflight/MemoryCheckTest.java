package io.sparkrnn.train.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sparkrnn.train.config.TrainingConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryCheckTest {
  private static final ShardSize SOME = Preflights.shard(100, 1000);
  private static final ShardSize NONE = Preflights.shard(0, 0);

  private static Preflight preflight(ShardedData data, Cluster cluster) {
    TrainingConfig config = Preflights.config(data.shards().size());
    return Preflight.of(config, data, cluster);
  }

  @Test
  void theDriverCertainlyNeedsStateVelocitySumsAndMeans() {
    ShardedData four = Preflights.data(SOME, SOME, SOME, SOME);
    Preflight preflight = preflight(four, Preflights.cluster(2, 4, 4, 22_000, 0));
    assertEquals(500, preflight.traffic().parameters());
    assertEquals(4_000, preflight.traffic().state());
    assertEquals(22_000, preflight.driver().certain());
    assertNull(MemoryCheck.refusal(preflight));
  }

  @Test
  void aDriverThatIsTooSmallIsRefusedInOneLine() {
    ShardedData four = Preflights.data(SOME, SOME, SOME, SOME);
    assertEquals(
        "a driver of 500 parameters needs 1 MB of heap or more, got 0 MB; give it more, such as by"
            + " SPARK_RNN_DRIVER_MEMORY=1g",
        MemoryCheck.refusal(preflight(four, Preflights.cluster(2, 4, 4, 21_999, 0))));
  }

  @Test
  void oneResultIsItsOwnMean() {
    ShardedData one = Preflights.data(SOME);
    assertEquals(8_000, preflight(one, Preflights.cluster(1, 4, 1, 1, 0)).driver().certain());
    ShardedData empty = Preflights.data(SOME, NONE);
    Preflight two = preflight(empty, Preflights.cluster(2, 4, 2, 1, 0));
    assertEquals(10_000, two.driver().certain(), "no sums are made of one shard with rows");
  }

  @Test
  void aTaskInTheDriverNeedsItsOwnParametersAndGradients() {
    Preflight one = preflight(Preflights.data(SOME), Preflights.local(2, 1 << 20));
    assertEquals(4_000 + 4_000 + 2 * 2_000, one.driver().certain());
    assertEquals(0, one.traffic().results());
  }

  @Test
  void resultsThatSparkWillNotFetchAreRefused() {
    ShardedData four = Preflights.data(SOME, SOME, SOME, SOME);
    assertNull(MemoryCheck.refusal(preflight(four, Preflights.cluster(2, 4, 4, 1 << 30, 16_000))));
    assertEquals(
        "the 4 results of a round need a spark.driver.maxResultSize of 1 MB or more, got 0 MB; set"
            + " it higher or to 0, or have executors average with a higher aggregationDepth",
        MemoryCheck.refusal(preflight(four, Preflights.cluster(2, 4, 4, 1 << 30, 15_999))));
  }

  @Test
  void whatMayFitIsAWarningAndNoRefusal() {
    ShardedData two = Preflights.data(SOME, SOME);
    Preflight tight = preflight(two, Preflights.cluster(2, 2, 2, 22_000, 0));
    assertNull(MemoryCheck.refusal(tight));
    assertEquals(
        List.of(
            "the driver may run out of memory: about 0 MB of 0; more is given by"
                + " SPARK_RNN_DRIVER_MEMORY=1g"),
        MemoryCheck.warnings(tight));
    assertEquals(
        List.of(), MemoryCheck.warnings(preflight(two, Preflights.cluster(2, 2, 2, 1 << 30, 0))));
  }

  @Test
  void anExecutorHoldsTheLargestOfItsShards() {
    ShardedData data = Preflights.data(SOME, Preflights.shard(10, 100), SOME);
    Preflight three = preflight(data, Preflights.cluster(2, 2, 3, 1 << 30, 0));
    long shard = 4 * 1_100 + 12 * 110;
    assertEquals(2 * shard, three.executor().shards());
    assertEquals(4_000 + 2 * 2_000, three.executor().tasks(), "one task at a time");
  }
}

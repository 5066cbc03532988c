package io.sparkrnn.train.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.NetworkSpec;
import org.junit.jupiter.api.Test;

class ShardCountTest {
  private static final NetworkSpec SMALL = NetworkSpec.binary(CellType.LSTM, 10_000, 32, 32);
  private static final NetworkSpec LARGE = NetworkSpec.binary(CellType.LSTM, 20_000, 256, 512);

  private static int shards(long rows, int length, NetworkSpec network) {
    return ShardCount.of(rows, rows * length, network).shards();
  }

  @Test
  void aSmallJobIsOneShard() {
    assertEquals(1, shards(0, 0, SMALL));
    assertEquals(1, shards(10, 1_000_000, LARGE));
    assertEquals(1, shards(25_000, 219, SMALL));
  }

  @Test
  void shardsGrowWithTheWork() {
    assertEquals(4, shards(1_000_000, 219, SMALL));
    assertEquals(4, shards(500_000, 438, SMALL));
    assertEquals(8, shards(2_000_000, 219, SMALL));
  }

  @Test
  void manyShardsGrowWithTheRootOfTheWork() {
    assertEquals(16, shards(8_000_000, 219, SMALL));
    assertEquals(32, shards(32_000_000, 219, SMALL));
    assertEquals(128, shards(1_000_000_000, 219, SMALL));
  }

  @Test
  void everyShardHasRowsToLearnFrom() {
    assertEquals(8, shards(25_000, 219, LARGE));
    assertEquals(2, shards(6_000, 219, LARGE));
  }

  @Test
  void theEmbeddingIsNoWork() {
    NetworkSpec words = NetworkSpec.binary(CellType.LSTM, 1_000_000, 32, 32);
    assertEquals(ShardCount.of(100, 20_000, SMALL), ShardCount.of(100, 20_000, words));
  }
}

package io.sparkrnn.train.batches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.train.TinyData;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
  private final TrainingConfig config = TinyData.config();
  private final PackedShard shard = TinyData.shard(83, 5);

  @Test
  void everyRowIsInExactlyOneBatchAndTheShortBatchIsLast() {
    BatchPlan plan = BatchPlan.of(config, 0, shard, 0);
    assertEquals(11, plan.batches());
    int[] seen = new int[shard.rows()];
    for (int batch = 0; batch < plan.batches(); batch++) {
      assertEquals(batch == 10 ? 3 : 8, plan.to(batch) - plan.from(batch));
      for (int i = plan.from(batch); i < plan.to(batch); i++) {
        seen[plan.rows()[i]]++;
      }
    }
    assertTrue(Arrays.stream(seen).allMatch(count -> count == 1));
  }

  @Test
  void thePlanIsAPureFunctionOfSeedEpochAndShard() {
    int[] rows = BatchPlan.of(config, 2, shard, 1).rows();
    assertArrayEquals(rows, BatchPlan.of(config, 2, shard, 1).rows());
    assertFalse(Arrays.equals(rows, BatchPlan.of(config, 3, shard, 1).rows()));
    assertFalse(Arrays.equals(rows, BatchPlan.of(config, 2, shard, 0).rows()));
    assertFalse(Arrays.equals(rows, BatchPlan.of(config.withSeed(8), 2, shard, 1).rows()));
  }

  @Test
  void rowsAreSortedByLengthInsideAPoolAndBatchesShuffled() {
    BatchPlan plan = BatchPlan.of(new SplittableRandom(1), shard, 8, 5);
    for (int i = 1; i < shard.rows(); i++) {
      if (i % 40 != 0) {
        assertTrue(shard.length(plan.rows()[i - 1]) <= shard.length(plan.rows()[i]), "row " + i);
      }
    }
    int[] starts = new int[10];
    Arrays.setAll(starts, plan::from);
    int[] sorted = starts.clone();
    Arrays.sort(sorted);
    assertFalse(Arrays.equals(starts, sorted));
  }

  @Test
  void withoutPoolsRowsStayShuffled() {
    BatchPlan plan = BatchPlan.of(new SplittableRandom(1), shard, 1000, 0);
    assertEquals(1, plan.batches());
    assertEquals(83, plan.to(0));
  }

  @Test
  void anEmptyShardHasNoBatches() {
    assertEquals(0, BatchPlan.of(config, 0, PackedShard.empty(), 0).batches());
  }
}

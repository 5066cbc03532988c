package io.sparkrnn.train.batches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sparkrnn.train.TinyData;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import org.junit.jupiter.api.Test;

class KeptPlansTest {
  private final KeptPlans plans = new KeptPlans();
  private final TrainingConfig config = TinyData.config();
  private final PackedShard shard = TinyData.shard(83, 5);

  @Test
  void aRoundFindsThePlanOfTheRoundBefore() {
    BatchPlan plan = plans.of(config, 1, shard, 2);
    assertSame(plan, plans.of(config, 1, shard, 2));
    assertSame(plan, plans.of(config, 1, shard.withWeights(new float[83]), 2));
    assertArrayEquals(BatchPlan.of(config, 1, shard, 2).rows(), plan.rows());
  }

  @Test
  void otherRowsEpochsShardsAndSeedsHavePlansOfTheirOwn() {
    BatchPlan plan = plans.of(config, 1, shard, 2);
    PackedShard other = TinyData.shard(83, 6);
    assertArrayEquals(
        BatchPlan.of(config, 1, other, 2).rows(), plans.of(config, 1, other, 2).rows());
    assertNotSame(plan, plans.of(config, 2, shard, 2));
    assertNotSame(plan, plans.of(config, 1, shard, 3));
    assertNotSame(plan, plans.of(config.withSeed(1), 1, shard, 2));
  }
}

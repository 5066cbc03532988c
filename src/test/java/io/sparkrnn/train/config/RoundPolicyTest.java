package io.sparkrnn.train.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.optim.OptimizerSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundPolicyTest {
  private static final OptimizerSpec RMSPROP = OptimizerSpec.RmsProp.defaults();

  private static RoundPolicy policy(int shards, long rows) {
    return new RoundPolicy(shards, rows, 64, RMSPROP);
  }

  private static double momentum(int shards, OptimizerSpec optimizer) {
    return new RoundPolicy(shards, 25_000, 64, optimizer).momentum();
  }

  private static int rowsOfARound(RoundPolicy policy) {
    return policy.rounds().batchesPerRound() * policy.rowsOfStep() * policy.shards();
  }

  @Test
  void oneShardHasNothingToAverage() {
    assertEquals(new Rounds(1, 0, new OuterUpdate.Mean()), policy(1, 1_000_000).rounds());
  }

  @Test
  void aRoundTakesFortyBatchesOfAllShardsTogether() {
    for (int shards : new int[] {2, 4, 5, 8, 16, 32, 64}) {
      assertEquals(40 * 64, rowsOfARound(policy(shards, 25_000)), shards + " shards");
    }
    assertEquals(1, policy(16_000, 0).rowsOfStep());
  }

  @Test
  void roundsGrowWithTheRootOfTheRows() {
    for (int shards : new int[] {2, 4, 8, 16, 32}) {
      RoundPolicy many = policy(shards, 2_500_000_000L);
      assertEquals(40 * 64 * 316.2, rowsOfARound(many), 64 * 64, shards + " shards");
    }
    assertEquals(16, policy(32, 0).rowsOfStep());
    assertEquals(64, policy(32, 2_500_000_000L).rowsOfStep());
  }

  @Test
  void longerRoundsLeaveSixtyInAnEpochForEachShard() {
    for (int shards : new int[] {2, 4, 8}) {
      double rounds = 2_000_000.0 / rowsOfARound(policy(shards, 2_000_000));
      assertTrue(rounds >= 60 * shards && rounds < 62 * shards, shards + " shards: " + rounds);
    }
    assertEquals(40 * 64, rowsOfARound(policy(32, 2_000_000)));
  }

  @Test
  void momentumMakesUpForTheStepsThatAShardLacks() {
    assertEquals(2.0 / 3, momentum(2, RMSPROP), 1e-12);
    assertEquals(8.0 / 9, momentum(8, RMSPROP), 1e-12);
    assertEquals(1 - 2.0 / 33, momentum(32, RMSPROP), 1e-12);
    assertEquals(1 - 1.0 / 33, policy(32, 2_500_000_000L).momentum(), 1e-12);
    assertEquals(2.0 / 3, momentum(8, OptimizerSpec.Adam.defaults()), 1e-12);
    assertEquals(2.0 / 3, momentum(8, OptimizerSpec.AdamW.defaults()), 1e-12);
    assertEquals(1 - 4.0 / 33, momentum(32, OptimizerSpec.Sgd.defaults()), 1e-12);
  }

  @Test
  void momentumStaysBelowOne() {
    for (int shards = 1; shards <= 1 << 14; shards *= 2) {
      for (OptimizerSpec optimizer :
          List.of(RMSPROP, OptimizerSpec.Adam.defaults(), OptimizerSpec.Sgd.defaults())) {
        double momentum = momentum(shards, optimizer);
        assertTrue(momentum >= 0 && momentum < 1, shards + " shards: " + momentum);
      }
    }
  }
}

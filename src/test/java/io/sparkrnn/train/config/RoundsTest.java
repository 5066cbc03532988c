package io.sparkrnn.train.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.optim.OptimizerSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final OptimizerSpec RMSPROP = OptimizerSpec.RmsProp.defaults();

  @Test
  void oneShardHasNothingToAverage() {
    assertEquals(new Rounds(1, 0, new OuterUpdate.Mean()), Rounds.of(1, RMSPROP));
  }

  @Test
  void aRoundTakesFortyBatchesOfAllShardsTogether() {
    for (int shards : new int[] {2, 4, 5, 8, 16, 32, 64}) {
      int rows =
          Rounds.of(shards, RMSPROP).batchesPerRound() * Rounds.batchSize(shards, 64) * shards;
      assertEquals(40 * 64, rows, shards + " shards");
    }
    assertEquals(1, Rounds.batchSize(1000, 16));
  }

  @Test
  void momentumMakesUpForTheStepsThatAShardLacks() {
    assertEquals(2.0 / 3, Rounds.momentum(2, RMSPROP), 1e-12);
    assertEquals(8.0 / 9, Rounds.momentum(8, RMSPROP), 1e-12);
    assertEquals(1 - 2.0 / 33, Rounds.momentum(32, RMSPROP), 1e-12);
    assertEquals(2.0 / 3, Rounds.momentum(8, OptimizerSpec.Adam.defaults()), 1e-12);
    assertEquals(2.0 / 3, Rounds.momentum(8, OptimizerSpec.AdamW.defaults()), 1e-12);
    assertEquals(1 - 4.0 / 33, Rounds.momentum(32, OptimizerSpec.Sgd.defaults()), 1e-12);
  }

  @Test
  void momentumStaysBelowOne() {
    for (int shards = 1; shards <= 1 << 14; shards *= 2) {
      for (OptimizerSpec optimizer :
          List.of(RMSPROP, OptimizerSpec.Adam.defaults(), OptimizerSpec.Sgd.defaults())) {
        double momentum = Rounds.momentum(shards, optimizer);
        assertTrue(momentum >= 0 && momentum < 1, shards + " shards: " + momentum);
      }
    }
  }
}

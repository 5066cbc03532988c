package io.sparkrnn.train.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.train.LocalTrainer;
import io.sparkrnn.train.TinyData;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingProgress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of {@link TinyData} hold a few of 11 ids each, so that batches of 2 miss most of them. */
class EmbeddingTrainingTest {
  private final TrainingConfig config =
      TinyData.config().withBatches(2, 4).with(new Clipping(0, 0, 0.1));

  private static TrainingProgress train(TrainingConfig config) {
    return LocalTrainer.sequential(config, TrainingListener.silent(), () -> 0)
        .train(TinyData.shards(61, 0, 40), List.of());
  }

  private static TrainingConfig with(TrainingConfig config, EmbeddingUpdates updates) {
    return config.with(new EmbeddingTraining(updates, false));
  }

  private static ParameterLayout.Entry table(TrainingConfig config) {
    return new Network(config.network()).embedding();
  }

  @Test
  void leavingOutRowsIsTheDenseRuleButForRounding() {
    for (OptimizerSpec optimizer :
        List.of(OptimizerSpec.Sgd.defaults(), OptimizerSpec.RmsProp.defaults())) {
      for (int batchesPerRound : new int[] {0, 3}) {
        TrainingConfig rounds =
            config
                .with(optimizer, 0.01)
                .with(new Rounds(3, batchesPerRound, new OuterUpdate.Nesterov(0.3)));
        TrainingProgress auto = train(with(rounds, EmbeddingUpdates.AUTO));
        TrainingProgress dense = train(with(rounds, EmbeddingUpdates.DENSE));
        assertArrayEquals(dense.parameters(), auto.parameters(), 1e-5f);
        assertArrayEquals(
            train(with(rounds, EmbeddingUpdates.LAZY)).parameters(), auto.parameters());
      }
    }
  }

  @Test
  void adamLeavesOutRowsOnlyWhenToldTo() {
    TrainingConfig adam = config.with(OptimizerSpec.Adam.defaults(), 0.01);
    float[] auto = train(with(adam, EmbeddingUpdates.AUTO)).parameters();
    assertArrayEquals(train(with(adam, EmbeddingUpdates.DENSE)).parameters(), auto);
    assertFalse(Arrays.equals(train(with(adam, EmbeddingUpdates.LAZY)).parameters(), auto));
  }

  @Test
  void lazyAdamMovesNoRowThatIsNotInItsBatch() {
    OptimizerSpec adamW = OptimizerSpec.AdamW.defaults();
    TrainingConfig lazy = with(config.with(adamW, 0.01), EmbeddingUpdates.LAZY);
    float[] before = new Network(lazy.network()).initialParameters(lazy.seed());
    float[] after = train(lazy).parameters();
    int width = table(lazy).columns();
    // no row has id 0
    assertArrayEquals(Arrays.copyOf(before, width), Arrays.copyOf(after, width));
    assertFalse(before[width] == after[width]);
  }

  @ParameterizedTest
  @EnumSource(EmbeddingUpdates.class)
  void aFrozenEmbeddingStaysAsItIsAndTheRestLearns(EmbeddingUpdates updates) {
    for (OptimizerSpec optimizer :
        List.of(
            OptimizerSpec.Sgd.defaults(),
            OptimizerSpec.RmsProp.defaults(),
            OptimizerSpec.AdamW.defaults())) {
      TrainingConfig frozen =
          config.with(optimizer, 0.01).with(new EmbeddingTraining(updates, true));
      TrainingProgress progress = train(frozen);
      float[] before = new Network(frozen.network()).initialParameters(frozen.seed());
      ParameterLayout.Entry table = table(frozen);
      for (int i = 0; i < before.length; i++) {
        assertEquals(
            i >= table.offset() && i < table.offset() + table.size(),
            before[i] == progress.parameters()[i],
            "entry " + i);
      }
      for (int slot = 0; slot < optimizer.slots(); slot++) {
        float[] moments = progress.state().optimizer().slot(slot);
        assertArrayEquals(
            new float[table.size()],
            Arrays.copyOfRange(moments, table.offset(), table.offset() + table.size()));
      }
    }
  }

  @Test
  void lazyUpdatesWithMomentumAreRefused() {
    TrainingConfig momentum = config.with(new OptimizerSpec.Sgd(0.9, false), 0.01);
    assertEquals(
        "embeddingUpdates lazy must go without momentum, got Sgd[momentum=0.9, nesterov=false];"
            + " use auto, or set momentum to 0",
        assertThrows(IllegalArgumentException.class, () -> with(momentum, EmbeddingUpdates.LAZY))
            .getMessage());
  }
}

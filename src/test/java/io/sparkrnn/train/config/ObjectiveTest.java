package io.sparkrnn.train.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.Network;
import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.train.LocalTrainer;
import io.sparkrnn.train.TinyData;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.shards.PackedShard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
  private static final Loss LOSS = Loss.BINARY_CROSSENTROPY;

  private final PackedShard shard = TinyData.shard(24, 4);
  private final TrainingConfig oneStep =
      TinyData.config().withBatches(24, 1).with(new OptimizerSpec.Sgd(0, false), 0.5);

  private static TrainingProgress train(TrainingConfig config, List<PackedShard> shards) {
    return LocalTrainer.sequential(config, TrainingListener.silent(), () -> 0)
        .train(shards, List.of(TinyData.shard(30, 9)));
  }

  @Test
  void l2MovesKernelsAndIsPartOfTheTrainingLoss() {
    TrainingConfig config = oneStep.with(new Objective(LOSS, 0, 0.25, ClassWeights.none()));
    Network network = new Network(config.network());
    float[] start = network.initialParameters(config.seed());
    TrainingProgress plain = train(oneStep, List.of(shard));
    TrainingProgress penalized = train(config, List.of(shard));
    float[] expected = plain.parameters().clone();
    double penalty = 0;
    int[] kernels = network.layout().kernels();
    for (int range = 0; range < kernels.length; range += 2) {
      for (int i = kernels[range]; i < kernels[range + 1]; i++) {
        expected[i] -= (float) (0.5 * 2 * 0.25 * start[i]);
        penalty += 0.25 * start[i] * start[i];
      }
    }
    assertArrayEquals(expected, penalized.parameters(), 1e-6f);
    assertTrue(penalty > 0.1);
    assertEquals(trainLoss(plain) + penalty, trainLoss(penalized), 1e-6);
  }

  @Test
  void theGradientIsClippedWithItsPenalty() {
    TrainingConfig config =
        oneStep
            .with(new Objective(LOSS, 0, 50, ClassWeights.none()))
            .with(new Clipping(0, 0, 0.125));
    float[] start = new Network(config.network()).initialParameters(config.seed());
    float[] end = train(config, List.of(shard)).parameters();
    double squares = 0;
    for (int i = 0; i < end.length; i++) {
      squares += Math.pow(((double) end[i] - start[i]) / 0.5, 2);
    }
    assertEquals(0.125, Math.sqrt(squares), 1e-5);
  }

  @Test
  void classWeightsMultiplyTheRowsWeightsAndNoMetric() {
    TrainingConfig config =
        TinyData.config().with(Objective.of(LOSS).with(ClassWeights.of(Map.of(0, 0.5, 1, 4.0), 2)));
    List<PackedShard> shards = TinyData.shards(61, 0, 17);
    List<PackedShard> multiplied = new ArrayList<>();
    shards.forEach(s -> multiplied.add(multiplied(s)));
    TrainingProgress expected = train(TinyData.config(), multiplied);
    TrainingProgress actual = train(config, shards);
    assertArrayEquals(expected.parameters(), actual.parameters());
    assertEquals(expected.history(), actual.history());
  }

  @Test
  void truncationReachesTheGradient() {
    float[] whole = train(oneStep, List.of(shard)).parameters();
    Optimization optimization = oneStep.optimization();
    assertArrayEquals(
        whole,
        train(oneStep.with(optimization.withTruncatedSteps(100)), List.of(shard)).parameters());
    assertFalse(
        Arrays.equals(
            whole,
            train(oneStep.with(optimization.withTruncatedSteps(1)), List.of(shard)).parameters()));
  }

  private static PackedShard multiplied(PackedShard shard) {
    float[] weights = shard.weights().clone();
    for (int row = 0; row < weights.length; row++) {
      weights[row] *= shard.labels()[row] == 0 ? 0.5f : 4;
    }
    return new PackedShard(shard.tokens(), shard.offsets(), shard.labels(), weights);
  }

  @Test
  void smoothedLabelsAreTheTargetsOfTraining() {
    TrainingConfig config = oneStep.with(new Objective(LOSS, 0.5, 0, ClassWeights.none()));
    float[] labels = shard.labels().clone();
    for (int row = 0; row < labels.length; row++) {
      labels[row] = labels[row] * 0.5f + 0.25f;
    }
    PackedShard soft = new PackedShard(shard.tokens(), shard.offsets(), labels, shard.weights());
    assertArrayEquals(
        train(oneStep, List.of(soft)).parameters(), train(config, List.of(shard)).parameters());
  }

  private static double trainLoss(TrainingProgress progress) {
    return progress.history().epochs().get(0).trainLoss();
  }
}

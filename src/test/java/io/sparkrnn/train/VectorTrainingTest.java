package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.ParameterHash;
import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.nn.Tape;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.train.batches.BatchPlan;
import io.sparkrnn.train.config.Batching;
import io.sparkrnn.train.config.ClassWeights;
import io.sparkrnn.train.config.EmbeddingTraining;
import io.sparkrnn.train.config.EmbeddingUpdates;
import io.sparkrnn.train.config.Execution;
import io.sparkrnn.train.config.Objective;
import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.Rounds;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Vectors and heads at every step go through the trainers like token ids and rows. */
class VectorTrainingTest {
  private static TrainingProgress train(TrainingConfig config, PackedShard... shards) {
    PackedShard held =
        shards[0].vectorSize() > 0
            ? VectorSequences.regression(60, 9)
            : VectorSequences.tagging(60, 9);
    return LocalTrainer.sequential(config, TrainingListener.silent(), () -> 0)
        .train(List.of(shards), List.of(held, PackedShard.empty()));
  }

  private static Evaluation last(TrainingProgress progress) {
    List<EpochRecord> epochs = progress.history().epochs();
    return epochs.get(epochs.size() - 1).validation();
  }

  @Test
  void aRegressionOverVectorsLearns() {
    TrainingProgress progress =
        train(VectorSequences.regression(), VectorSequences.regression(300, 1));
    double first = progress.history().epochs().get(0).validation().value(Metric.MEAN_SQUARED_ERROR);
    assertTrue(
        last(progress).value(Metric.MEAN_SQUARED_ERROR) < 0.1 * first,
        () -> first + " " + last(progress));
  }

  @Test
  void aHeadAtEveryStepLearnsToTag() {
    PackedShard shard = VectorSequences.tagging(200, 1);
    TrainingProgress progress = train(VectorSequences.tagging(), shard);
    assertTrue(last(progress).value(Metric.ACCURACY) > 0.95, last(progress)::toString);
    assertEquals(VectorSequences.tagging(60, 9).steps(), last(progress).rows());
  }

  @Test
  void threadsAndTheirNumberDoNotChangeABit() {
    for (TrainingConfig config : List.of(VectorSequences.regression(), VectorSequences.tagging())) {
      TrainingConfig brief = dropping(config).withBatches(16, 2).with(new Rounds(2, 2, mean()));
      PackedShard[] shards =
          config.network().input() instanceof InputSpec.Vectors
              ? new PackedShard[] {
                VectorSequences.regression(50, 1), VectorSequences.regression(31, 2)
              }
              : new PackedShard[] {VectorSequences.tagging(50, 1), VectorSequences.tagging(31, 2)};
      TrainingProgress one = train(brief.with(new Execution(4, 1, 0)), shards);
      TrainingProgress two = train(brief.with(new Execution(4, 2, 0)), shards);
      assertEquals(ParameterHash.sha256(one.parameters()), ParameterHash.sha256(two.parameters()));
      assertEquals(one.history(), two.history());
      TrainingProgress sideBySide =
          LocalTrainer.parallel(brief.with(new Execution(4, 1, 0)), quiet(), () -> 0)
              .train(List.of(shards), List.of());
      assertArrayEquals(one.parameters(), sideBySide.parameters());
    }
  }

  private static TrainingListener quiet() {
    return TrainingListener.silent();
  }

  private static OuterUpdate mean() {
    return new OuterUpdate.Mean();
  }

  private static TrainingConfig dropping(TrainingConfig config) {
    LayerSpec layer = new LayerSpec.Recurrent(CellType.LSTM, 4, 0.2, 0.2, true, false);
    NetworkSpec network = config.network();
    return config.with(new NetworkSpec(network.input(), List.of(layer), network.head()));
  }

  /** The loss of a step is the mean over all outputs of its rows, whatever chunks they are in. */
  @Test
  void chunksAndAccumulatedBatchesAreOneBatch() {
    PackedShard shard = VectorSequences.tagging(48, 1);
    TrainingConfig whole = VectorSequences.tagging().withBatches(16, 2);
    TrainingProgress expected = train(whole, shard);
    TrainingProgress chunked = train(whole.with(new Execution(3, 1, 0)), shard);
    TrainingProgress parts = train(whole.with(new Batching(4, 4, 50, 0, 64)), shard);
    for (TrainingProgress other : List.of(chunked, parts)) {
      assertArrayEquals(expected.parameters(), other.parameters(), 1e-4f);
      assertFalse(Arrays.equals(expected.parameters(), other.parameters()));
      assertEquals(loss(expected), loss(other), 1e-6);
    }
  }

  private static double loss(TrainingProgress progress) {
    return progress.history().epochs().get(1).trainLoss();
  }

  @Test
  void oneBatchIsTheStepOfTheNetworkItself() {
    PackedShard shard = VectorSequences.tagging(20, 1);
    TrainingConfig config =
        VectorSequences.tagging().withBatches(20, 1).with(new Execution(20, 1, 0));
    Network network = new Network(config.network());
    float[] parameters = network.initialParameters(config.seed());
    float[] gradient = new float[parameters.length];
    PackedBatch batch = new PackedBatch();
    BatchPlan plan = BatchPlan.of(config, 0, shard, 0);
    batch.assemble(shard.tokens(), shard.offsets(), plan.rows(), 0, shard.rows());
    batch.setTargets(shard.targets(), shard.weights());
    double sum =
        network.lossAndGradient(
            parameters, batch, config.objective().loss(), null, network.newTape(), gradient);
    config
        .optimization()
        .optimizer()
        .step(
            parameters,
            gradient,
            OptimizerState.zeros(config.optimization().optimizer(), parameters.length),
            config.optimization().learningRate());
    TrainingProgress progress = train(config, shard);
    assertArrayEquals(parameters, progress.parameters());
    double weight = 0;
    for (int row = 0; row < shard.rows(); row++) {
      weight += (double) shard.weights()[row] * shard.length(row);
    }
    assertEquals(sum / weight, progress.history().epochs().get(0).trainLoss(), 1e-12);
  }

  @Test
  void outputsComeInTheOrderOfTheSteps() {
    Network network = new Network(VectorSequences.tagging().network());
    FrozenNetwork frozen = new FrozenNetwork(network, network.initialParameters(3));
    PackedShard shard = VectorSequences.tagging(37, 2);
    float[] together = new Scorer(frozen, 8).scoreSteps(shard);
    assertEquals(2 * shard.steps(), together.length);
    PackedBatch batch = new PackedBatch();
    Tape tape = frozen.newTape();
    for (int row = 0; row < shard.rows(); row++) {
      int from = 2 * shard.offsets()[row];
      int to = 2 * shard.offsets()[row + 1];
      batch.assemble(shard.tokens(), shard.offsets(), new int[] {row}, 0, 1);
      frozen.forward(batch, tape);
      float[] alone = Arrays.copyOf(tape.predictions(), to - from);
      assertArrayEquals(alone, Arrays.copyOfRange(together, from, to));
    }
    assertRefused(
        "pooling EVERY_STEP has no output for a row; use scoreSteps",
        () -> new Scorer(frozen, 8).score(shard));
  }

  @Test
  void scoresOfVectorsComeInTheOrderOfTheRows() {
    Network network = new Network(VectorSequences.regression().network());
    FrozenNetwork frozen = new FrozenNetwork(network, network.initialParameters(3));
    PackedShard shard = VectorSequences.regression(37, 2);
    float[] together = new Scorer(frozen, 8).score(shard);
    for (int row = 0; row < shard.rows(); row++) {
      float[] alone = new Scorer(frozen, 1).score(shard.select(new int[] {row}));
      assertEquals(alone[0], together[row]);
    }
    assertRefused(
        "scoreSteps needs pooling EVERY_STEP, got MEAN; use score",
        () -> new Scorer(frozen, 8).scoreSteps(shard));
  }

  @Test
  void sequencesWithoutStepsAreLegal() {
    PackedShard none =
        new PackedShardBuilder()
            .addSteps(new int[0], new float[0], 1)
            .addAll(VectorSequences.tagging(9, 2))
            .build();
    PackedShard only = new PackedShardBuilder().addSteps(new int[0], new float[0], 1).build();
    train(VectorSequences.tagging().withBatches(1, 1), none, only);
  }

  @Test
  void shardsOfAnotherKindAreRefused() {
    PackedShard vectors = VectorSequences.regression(9, 1);
    PackedShard tagged = VectorSequences.tagging(9, 1);
    assertRefused(
        "the network reads token ids, got a shard of vectors of 3",
        () -> train(TinyData.config(), vectors));
    assertRefused(
        "the network reads vectors of 3, got a shard of token ids",
        () -> train(VectorSequences.regression(), TinyData.shard(9, 1)));
    assertRefused(
        "pooling LAST needs a label for each row, got a shard with labels of steps",
        () -> train(TinyData.config(), tagged));
    assertRefused(
        "a head at every step needs a label for each step, got a shard without; use addSteps",
        () -> train(VectorSequences.tagging(), TinyData.shard(9, 1)));
  }

  @Test
  void whatHasNoMeaningForThemIsRefused() {
    Batching words = new Batching(8, 1, 50, 0.3, 64);
    assertRefused(
        "wordDropout must be 0 for vectors, got 0.3",
        () -> VectorSequences.regression().with(words));
    assertRefused(
        "wordDropout must be 0 for a head at every step, got 0.3",
        () -> VectorSequences.tagging().with(words));
    assertRefused(
        "freezeEmbedding must be false for vectors, got true",
        () ->
            VectorSequences.regression().with(new EmbeddingTraining(EmbeddingUpdates.AUTO, true)));
    Objective weighted =
        VectorSequences.tagging().objective().with(new ClassWeights(List.of(1.0, 2.0)));
    assertRefused(
        "classWeights must be empty for a head at every step, got [1.0, 2.0]",
        () -> VectorSequences.tagging().with(weighted));
  }

  @Test
  void vectorsAndStepLabelsGoTogether() {
    PackedShardBuilder builder = PackedShardBuilder.ofVectors(2);
    for (int row = 0; row < 40; row++) {
      float x = row % 10;
      builder.addSteps(new float[] {x, -x, 1, 0, -1, x}, new float[] {x > 4 ? 1 : 0, 1, 0}, 1);
    }
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Vectors(2),
            List.of(LayerSpec.Recurrent.of(CellType.SIMPLE_RNN, 6)),
            HeadSpec.of(Pooling.EVERY_STEP, 1, Activation.SIGMOID));
    TrainingConfig config =
        TrainingConfig.of(network, Loss.BINARY_CROSSENTROPY)
            .withBatches(8, 60)
            .with(OptimizerSpec.Adam.defaults(), 0.02);
    PackedShard shard = builder.build();
    TrainingProgress progress =
        LocalTrainer.sequential(config, quiet(), () -> 0).train(List.of(shard), List.of(shard));
    assertEquals(1, last(progress).value(Metric.ACCURACY), last(progress).toString());
    assertEquals(120, last(progress).rows());
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}

package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.Tape;
import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.MovingAverage;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.optim.Plateau;
import io.sparkrnn.train.batches.BatchPlan;
import io.sparkrnn.train.config.Batching;
import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.Rounds;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.EvaluationBuilder;
import io.sparkrnn.train.metrics.Metric;
import io.sparkrnn.train.shards.PackedShard;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalTrainerTest {
  private static final OuterUpdate MEAN = new OuterUpdate.Mean();
  private final List<PackedShard> shards = TinyData.shards(61, 40, 0, 17);

  private static TrainingProgress train(TrainingConfig config, List<PackedShard> shards) {
    return LocalTrainer.sequential(config, TrainingListener.silent(), () -> 0)
        .train(shards, List.of(TinyData.shard(30, 9)));
  }

  @Test
  void oneShardIsPlainSequentialTraining() {
    TrainingConfig config = TinyData.config();
    PackedShard shard = TinyData.shard(45, 4);
    Network network = new Network(config.network());
    float[] parameters = network.initialParameters(config.seed());
    OptimizerState state =
        OptimizerState.zeros(config.optimization().optimizer(), parameters.length);
    sequentially(config, shard, parameters, state);
    // rows that a batch does not touch decay later, and so are rounded less often
    assertArrayEquals(parameters, train(config, List.of(shard)).parameters(), 1e-6f);
    assertArrayEquals(
        parameters, train(config.with(new Rounds(1, 2, MEAN)), List.of(shard)).parameters(), 1e-6f);
  }

  /** What one shard does, spelled out. */
  private static void sequentially(
      TrainingConfig config, PackedShard shard, float[] parameters, OptimizerState state) {
    float[] gradient = new float[parameters.length];
    PackedBatch batch = new PackedBatch();
    Network network = new Network(config.network());
    Tape tape = network.newTape();
    for (int epoch = 0; epoch < config.stopping().epochs(); epoch++) {
      BatchPlan plan = BatchPlan.of(config, epoch, shard, 0);
      for (int b = 0; b < plan.batches(); b++) {
        batch.assemble(shard.tokens(), shard.offsets(), plan.rows(), plan.from(b), plan.to(b));
        batch.setTargets(shard.targets(), shard.weights());
        network.lossAndGradient(parameters, batch, config.objective().loss(), null, tape, gradient);
        config
            .optimization()
            .optimizer()
            .step(parameters, gradient, state, config.optimization().learningRate());
        config.optimization().ema().step(parameters, state);
      }
    }
  }

  @Test
  void shardsSideBySideGiveTheSameBits() {
    TrainingConfig config = TinyData.config().with(new Rounds(4, 3, new OuterUpdate.Nesterov(0.3)));
    TrainingProgress parallel =
        LocalTrainer.parallel(config, TrainingListener.silent(), () -> 0)
            .train(shards, List.of(TinyData.shard(30, 9)));
    TrainingProgress sequential = train(config, shards);
    assertArrayEquals(sequential.parameters(), parallel.parameters());
    assertEquals(sequential.history(), parallel.history());
  }

  /** Sums of doubles depend on their order, and a pool of threads must not decide it. */
  @Test
  void theOrderOfValidationDoesNotDependOnTheThreads() throws Exception {
    TrainingConfig config = TinyData.config();
    List<PackedShard> validation =
        IntStream.range(0, 16).mapToObj(s -> TinyData.shard(37, 20 + s)).toList();
    TrainingProgress expected =
        LocalTrainer.sequential(config, TrainingListener.silent(), () -> 0)
            .train(shards, validation);
    for (int threads : new int[] {2, 3, 8}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        TrainingProgress parallel =
            pool.submit(
                    () ->
                        LocalTrainer.parallel(config, TrainingListener.silent(), () -> 0)
                            .train(shards, validation))
                .get();
        assertEquals(expected.history(), parallel.history(), threads + " threads");
      } finally {
        pool.shutdown();
      }
    }
  }

  @Test
  void trainingLearns() {
    TrainingConfig config =
        TinyData.config().withBatches(8, 40).with(OptimizerSpec.Adam.defaults(), 0.02);
    List<EpochRecord> epochs = train(config, TinyData.shards(200, 200)).history().epochs();
    assertTrue(epochs.get(39).trainLoss() < 0.4 * epochs.get(0).trainLoss(), epochs::toString);
    assertTrue(epochs.get(39).validation().value(Metric.ACCURACY) > 0.8, epochs::toString);
  }

  @Test
  void dropoutDoesNotDependOnWhatRanBefore() {
    LayerSpec layer = new LayerSpec.Recurrent(CellType.LSTM, 3, 0.3, 0.2, true, false);
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Tokens(TinyData.VOCABULARY, 5, true), List.of(layer), HeadSpec.binary());
    TrainingConfig config = TinyData.config().with(network);
    RoundState state =
        RoundState.initial(config.optimization(), new Network(network).initialParameters(1));
    ShardResult first = ShardTrainer.train(config, state, shards.get(0), 0);
    ShardTrainer.train(config, state, shards.get(1), 1);
    ShardResult again = ShardTrainer.train(config, state, shards.get(0), 0);
    assertArrayEquals(first.parameters(), again.parameters());
    ShardResult other = ShardTrainer.train(config, state, shards.get(0), 1);
    assertFalse(Arrays.equals(first.parameters(), other.parameters()));
  }

  @Test
  void earlyStoppingRestoresTheBestWeights() {
    TrainingConfig config =
        TinyData.config()
            .withBatches(4, 60)
            .with(OptimizerSpec.Adam.defaults(), 0.1)
            .withPatience(3);
    TrainingProgress progress = train(config, TinyData.shards(20));
    TrainingHistory history = progress.history();
    int epochs = history.epochs().size();
    assertTrue(epochs < 60, "stopped after " + epochs);
    assertEquals(epochs - 3, history.bestEpoch());
    TrainingConfig untilBest = config.withBatches(4, history.bestEpoch()).withPatience(0);
    assertArrayEquals(train(untilBest, TinyData.shards(20)).parameters(), progress.parameters());
  }

  @Test
  void accumulatedBatchesAreOneBatch() {
    TrainingConfig config = TinyData.config().with(new Rounds(4, 2, MEAN)).withBatches(9, 3);
    TrainingConfig parts = config.with(new Batching(3, 3, config.batching().poolBatches(), 0, 64));
    TrainingProgress expected = train(config, shards);
    TrainingProgress actual = train(parts, shards);
    assertArrayEquals(expected.parameters(), actual.parameters(), 1e-5f);
    assertEquals(loss(expected), loss(actual), 1e-6);
    assertFalse(
        Arrays.equals(train(config.withBatches(3, 3), shards).parameters(), actual.parameters()));
  }

  private static double loss(TrainingProgress progress) {
    List<EpochRecord> epochs = progress.history().epochs();
    return epochs.get(epochs.size() - 1).trainLoss();
  }

  @Test
  void theMovingAverageIsWhatIsEvaluatedAndKept() {
    TrainingConfig config = averaged(TinyData.config().with(new Rounds(1, 3, MEAN)), 0.9);
    PackedShard shard = TinyData.shard(45, 4);
    TrainingProgress progress = train(config, List.of(shard));
    Network network = new Network(config.network());
    float[] parameters = network.initialParameters(config.seed());
    OptimizerState state =
        OptimizerState.zeros(config.optimization().optimizer(), parameters.length)
            .withAverage(new float[parameters.length]);
    sequentially(config, shard, parameters, state);
    assertArrayEquals(parameters, progress.state().parameters(), 1e-6f);
    assertArrayEquals(state.average(), progress.parameters(), 1e-6f);
    assertFalse(Arrays.equals(progress.parameters(), progress.state().parameters()));
    Evaluation last = progress.history().epochs().get(config.stopping().epochs() - 1).validation();
    EvaluationBuilder expected =
        ShardEvaluator.evaluate(config, progress.parameters(), TinyData.shard(30, 9));
    assertEquals(expected.build(), last);
  }

  @Test
  void theMovingAverageDoesNotChangeTheSteps() {
    TrainingConfig config = TinyData.config().with(new Rounds(4, 2, MEAN));
    assertArrayEquals(
        train(config, shards).state().parameters(),
        train(averaged(config, 0.99), shards).state().parameters());
  }

  @Test
  void aPlateauReducesTheRateForTheEpochsThatFollow() {
    TrainingConfig config = plateau(TinyData.config().withBatches(8, 6));
    TrainingProgress progress = train(config, shards);
    List<EpochRecord> epochs = progress.history().epochs();
    assertEquals(config.optimization().learningRate(), epochs.get(1).learningRate());
    assertEquals(config.optimization().learningRate() / 4, epochs.get(3).learningRate());
    assertEquals(
        train(TinyData.config().withBatches(8, 2), shards).history().epochs(),
        epochs.subList(0, 2));
    assertFalse(
        Arrays.equals(
            train(TinyData.config().withBatches(8, 6), shards).parameters(),
            progress.parameters()));
  }

  /** Nothing is ever better, so that the rate falls by half in every epoch from the third. */
  private static TrainingConfig plateau(TrainingConfig config) {
    return config.with(config.optimization().with(new Plateau(1, 0.5, 100, 0, 0)));
  }

  private static TrainingConfig averaged(TrainingConfig config, double momentum) {
    return config.with(config.optimization().with(new MovingAverage(momentum)));
  }

  @Test
  void aLossThatIsNotFiniteSaysWhere() {
    TrainingConfig config =
        TinyData.config()
            .with(new OptimizerSpec.Sgd(0, false), 1e38)
            .with(new Clipping(0, 0, 1e30));
    String message =
        assertThrows(TrainingException.class, () -> train(config, shards)).getMessage();
    assertTrue(
        message.matches(
            "loss is (NaN|Infinity) at epoch 1, batch \\d+ \\(gradient norm \\S+, learning rate 1.0e38\\);"
                + " try a smaller learningRate or globalClipnorm"),
        message);
  }

  @Test
  void trainingOnNothingFails() {
    assertThrows(
        TrainingException.class, () -> train(TinyData.config(), List.of(PackedShard.empty())));
  }

  @Test
  void scoresComeInTheOrderOfTheRows() {
    Network network = new Network(TinyData.config().network());
    float[] parameters = network.initialParameters(3);
    PackedShard shard = TinyData.shard(37, 2);
    float[] together = new Scorer(new FrozenNetwork(network, parameters), 8).score(shard);
    for (int row = 0; row < shard.rows(); row++) {
      float[] alone =
          new Scorer(new FrozenNetwork(network, parameters), 1)
              .score(shard.select(new int[] {row}));
      assertEquals(alone[0], together[row]);
    }
    assertEquals(
        0, new Scorer(new FrozenNetwork(network, parameters), 8).score(PackedShard.empty()).length);
  }

  @Test
  void monitoringRecordsGradientNormsByStep() {
    assertTrue(train(TinyData.config(), shards).history().stepNorms().length > 0);
  }
}

package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.optim.MovingAverage;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.Plateau;
import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.Rounds;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.course.Divergence;
import io.sparkrnn.train.course.EpochCourse;
import io.sparkrnn.train.course.RoundRecord;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.shards.PackedShard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {
  private final List<PackedShard> shards = TinyData.shards(61, 40, 0, 17);
  private final List<PackedShard> validation = List.of(TinyData.shard(30, 9));

  /** Early stopping, a rate that falls, a moving average, momentum outside, a norm a batch. */
  private static TrainingConfig everything() {
    TrainingConfig config =
        TinyData.config()
            .with(new Rounds(4, 3, new OuterUpdate.Nesterov(0.4)))
            .with(OptimizerSpec.Adam.defaults(), 0.1)
            .withBatches(8, 5)
            .withPatience(2);
    config =
        config.with(
            config
                .optimization()
                .with(new Plateau(1, 0.5, 100, 0, 0))
                .with(new MovingAverage(0.9)));
    return new TrainingConfig(
        config.network(),
        config.objective(),
        config.optimization(),
        config.embedding(),
        config.batching(),
        config.rounds(),
        config.stopping(),
        config.execution(),
        config.wide(),
        1,
        config.seed());
  }

  /** A clock that ticks whenever it is read. */
  private static LongSupplier ticking() {
    return new AtomicLong()::incrementAndGet;
  }

  private TrainingProgress go(
      TrainingConfig config, TrainingProgress start, Consumer<TrainingProgress> afterStep) {
    return LocalTrainer.sequential(config, TrainingListener.silent(), ticking())
        .resume(start, shards, validation, afterStep);
  }

  private static TrainingProgress initial(TrainingConfig config) {
    return TrainingProgress.initial(
        config, new Network(config.network()).initialParameters(config.seed()));
  }

  @Test
  void aTrainingGoesOnFromEveryRoundAsIfItHadNeverStopped() {
    TrainingConfig config = everything();
    List<TrainingProgress> steps = new ArrayList<>();
    TrainingProgress whole = go(config, initial(config), steps::add);
    int epochs = whole.history().epochs().size();
    assertEquals(epochs * (3 + 1), steps.size(), "three rounds of an epoch, then its end");
    assertEquals(
        epochs,
        whole.history().epochs().stream().mapToDouble(EpochRecord::learningRate).distinct().count()
            + 1);
    for (TrainingProgress step : steps) {
      TrainingProgress resumed = go(config, withoutRateFactor(step), progress -> {});
      String where = "epoch %d, round %d".formatted(step.state().epoch(), step.state().round());
      assertArrayEquals(whole.parameters(), resumed.parameters(), where);
      assertArrayEquals(whole.state().parameters(), resumed.state().parameters(), where);
      assertArrayEquals(whole.state().velocity(), resumed.state().velocity(), where);
      assertEquals(whole.history(), resumed.history(), where);
    }
  }

  /** A checkpoint does not know the factor. */
  private static TrainingProgress withoutRateFactor(TrainingProgress progress) {
    RoundState state = progress.state();
    RoundState read =
        new RoundState(
            state.parameters(), state.optimizer(), state.velocity(), state.epoch(), state.round());
    return new TrainingProgress(
        read, progress.bestParameters(), progress.history(), progress.sums());
  }

  @Test
  void sumsAreThoseOfTheBegunEpochOnly() {
    List<TrainingProgress> steps = new ArrayList<>();
    go(everything(), initial(everything()), steps::add);
    for (TrainingProgress step : steps) {
      assertEquals(step.isWithinEpoch(), step.sums().weight() > 0);
      assertEquals(step.isWithinEpoch(), step.sums().nanos() > 0);
      assertEquals(step.isWithinEpoch(), step.sums().norms().rootMeanSquares().length > 0);
    }
  }

  @Test
  void anotherNumberOfExamplesThanExpectedFails() {
    TrainingConfig config = TinyData.config();
    TrainingLoop loop =
        new TrainingLoop(config, workers(result(config, 4)), TrainingListener.silent(), () -> 0);
    String message =
        assertThrows(TrainingException.class, () -> loop.run(initial(config), progress -> {}))
            .getMessage();
    assertEquals("round 1 of epoch 1 must consume 9 examples, got 4", message);
  }

  private static ShardResult result(TrainingConfig config, long examples) {
    RoundState state = initial(config).state();
    return new ShardResult(
        state.parameters(), state.optimizer(), examples, examples, 1, new StepNorms(1));
  }

  /** One shard of nine rows whose task hands back what it likes. */
  private static Workers workers(ShardResult result) {
    return new Workers() {
      @Override
      public int[] shardRows() {
        return new int[] {9};
      }

      @Override
      public boolean hasValidation() {
        return false;
      }

      @Override
      public void train(RoundState state, Consumer<ShardResult> inShardOrder) {
        inShardOrder.accept(result);
      }

      @Override
      public Evaluation evaluate(RoundState state) {
        throw new UnsupportedOperationException();
      }
    };
  }

  @Test
  void everyRoundIsRecordedWithItsDivergence() {
    TrainingConfig config = everything();
    List<RoundRecord> rounds = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void roundRecorded(RoundRecord round) {
            rounds.add(round);
          }
        };
    TrainingProgress trained =
        LocalTrainer.sequential(config, listener, ticking()).train(shards, validation);
    assertEquals(3 * trained.history().epochs().size(), rounds.size());
    RoundState start = initial(config).state();
    Averaging mean = new Averaging();
    double moves = 0;
    for (int shard = 0; shard < shards.size(); shard++) {
      ShardResult result = ShardTrainer.train(config, start, shards.get(shard), shard);
      moves +=
          result.examples() * Divergence.squaredDistance(result.parameters(), start.parameters());
      mean.add(result);
    }
    RoundRecord first = rounds.get(0);
    assertEquals(mean.result().examples(), first.examples());
    assertEquals(mean.result().lossSum() / mean.result().weight(), first.loss());
    double move = Divergence.squaredDistance(mean.result().parameters(), start.parameters());
    assertEquals(Divergence.of(moves / first.examples(), move), first.divergence());
    assertTrue(first.divergence() > 0.1, "got " + first.divergence());
    assertTrue(first.times().computing() >= shards.size(), first.toString());
  }

  @Test
  void oneShardDoesNotDiverge() {
    TrainingRecorder recorder = new TrainingRecorder();
    LocalTrainer.sequential(TinyData.config(), recorder, ticking())
        .train(shards.subList(0, 1), validation);
    assertEquals(0, recorder.record().course().get(0).largestDivergence());
  }

  @Test
  void theCourseAddsUpToTheTimeOfTheEpochs() {
    TrainingRecorder recorder = new TrainingRecorder();
    TrainingProgress trained =
        LocalTrainer.sequential(everything(), recorder, ticking()).train(shards, validation);
    List<EpochCourse> course = recorder.record().course();
    for (EpochRecord epoch : trained.history().epochs()) {
      EpochCourse rounds = course.get(epoch.epoch() - 1);
      assertEquals(epoch.epoch(), rounds.epoch());
      assertEquals(3, rounds.rounds());
      assertEquals(epoch.seconds(), rounds.wall() * 1e-9, 1e-15);
      assertTrue(rounds.evaluating() > 0, rounds.toString());
      assertTrue(rounds.largestDivergence() >= rounds.meanDivergence(), rounds.toString());
    }
  }

  @Test
  void theTimeOfARoundIsSplitInTrainingAndAveraging() {
    TrainingRecorder recorder = new TrainingRecorder();
    TrainingProgress trained =
        LocalTrainer.sequential(everything(), recorder, ticking()).train(shards, validation);
    double spent =
        recorder.record().seconds().values().stream().mapToDouble(Double::doubleValue).sum();
    double epochs = trained.history().epochs().stream().mapToDouble(EpochRecord::seconds).sum();
    assertEquals(epochs, spent, 1e-15);
    for (Phase phase : List.of(Phase.TRAINING, Phase.AVERAGING, Phase.EVALUATING)) {
      assertTrue(recorder.record().seconds().get(phase) > 0, phase::toString);
    }
  }
}

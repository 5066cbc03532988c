package io.sparkrnn.spark.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.Network;
import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.TestSpark;
import io.sparkrnn.spark.TinyRows;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.rows.ShardData;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.LocalTrainer;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.ShardResult;
import io.sparkrnn.train.TrainingException;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.config.ShardCount;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Thresholds;
import io.sparkrnn.train.preflight.Preflight;
import io.sparkrnn.train.shards.PackedShard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributedTrainerTest {
  private final RnnClassifier classifier = TinyRows.classifier();

  @Test
  void partitionsAndOrderOfArrivalDoNotChangeABit() {
    List<Row> rows = TinyRows.rows(120, 3);
    rows.addAll(rows.subList(0, 10));
    TrainingProgress one = TinyRows.train(classifier, TinyRows.data(rows).coalesce(1));
    Collections.shuffle(rows, new Random(5));
    TrainingProgress seven = TinyRows.train(classifier, TinyRows.data(rows).repartition(7));
    assertArrayEquals(one.parameters(), seven.parameters());
    assertEquals(losses(one), losses(seven));
  }

  @Test
  void shardsThatNobodySetAreChosenByTheRows() {
    List<ShardCount> chosen = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void shardsChosen(ShardCount count) {
            chosen.add(count);
          }
        };
    RnnClassificationModel auto =
        TinyRows.classifier().setShards(0).setListener(listener).fit(TinyRows.data(120));
    RnnClassificationModel one = TinyRows.classifier().setShards(1).fit(TinyRows.data(120));
    assertEquals(one.parametersSha256(), auto.parametersSha256());
    assertEquals(List.of(1), chosen.stream().map(ShardCount::shards).toList());
    assertEquals(1, auto.summary().config().rounds().shards());
  }

  @Test
  void threadsThatNobodySetAreTheCoresOfATaskAndChangeNoBit() {
    RnnClassifier chunked = TinyRows.classifier().setShards(1).setChunkRows(4);
    RnnClassificationModel auto = chunked.fit(TinyRows.data(120));
    int cores = TestSpark.session().sparkContext().defaultParallelism();
    assertEquals(Math.min(2, cores), auto.summary().config().execution().threadsPerTask());
    RnnClassificationModel single = chunked.setThreadsPerTask(1).fit(TinyRows.data(120));
    assertEquals(1, single.summary().config().execution().threadsPerTask());
    assertEquals(single.parametersSha256(), auto.parametersSha256());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 9})
  void theResultIsThatOfTheLocalTrainer(int shards) {
    classifier.setShards(shards).setBatchesPerRound(2).setOuterUpdate("nesterov");
    TrainingConfig config = classifier.trainingConfig(2);
    try (ShardedRows rows =
        ShardedRows.of(TinyRows.plan(classifier).packing(), TinyRows.data(120))) {
      List<PackedShard> training = new ArrayList<>();
      List<PackedShard> validation = new ArrayList<>();
      for (ShardData data : rows.shards().collect()) {
        training.add(data.training());
        validation.add(data.validation());
      }
      TrainingProgress local =
          LocalTrainer.sequential(config, TrainingListener.silent(), () -> 0)
              .train(training, validation);
      TrainingProgress distributed = TinyRows.train(classifier, TinyRows.data(120));
      assertArrayEquals(local.parameters(), distributed.parameters());
      assertEquals(losses(local), losses(distributed));
      assertEquals(local.history().best().validation(), distributed.history().best().validation());
    }
  }

  @Test
  void aPlanDoesNotChangeWithTheParametersItWasMadeFrom() {
    TrainingPlan plan = TinyRows.plan(classifier);
    classifier.setMaxIter(9).setBatchSize(3).setShards(1).setThresholds(new double[] {1, 2, 3});
    TrainingConfig config = plan.configuration().of(2, TinyRows.found(1, 1));
    assertEquals(3, config.stopping().epochs());
    assertEquals(8, config.batching().batchSize());
    assertEquals(3, plan.packing().shards());
    assertEquals(0, plan.thresholds().apply(config.network()).size());
  }

  @Test
  void moreShardsThanRowsAreLegal() {
    TrainingProgress progress =
        TinyRows.train(classifier.setShards(30).setValidationSplit(0), TinyRows.data(12));
    assertEquals(3, progress.history().epochs().size());
  }

  @Test
  void aggregationOnExecutorsIsTheSameMean() {
    TrainingProgress flat = TinyRows.train(classifier.setShards(9), TinyRows.data(120));
    TrainingProgress grouped =
        TinyRows.train(classifier.setAggregationDepth(2), TinyRows.data(120));
    float[] expected = flat.parameters();
    float[] actual = grouped.parameters();
    assertArrayEquals(expected, actual, 1e-5f);
  }

  @Test
  void everyDepthOfAggregationIsAMeanThatPartitionsDoNotChange() {
    List<Row> rows = TinyRows.rows(200, 3);
    TrainingProgress flat =
        TinyRows.train(classifier.setShards(20).setMaxIter(2), TinyRows.data(rows));
    for (int depth : new int[] {2, 3, 9}) {
      classifier.setAggregationDepth(depth);
      TrainingProgress one = TinyRows.train(classifier, TinyRows.data(rows).coalesce(1));
      TrainingProgress five = TinyRows.train(classifier, TinyRows.data(rows).repartition(5));
      assertArrayEquals(one.parameters(), five.parameters(), "depth " + depth);
      assertArrayEquals(flat.parameters(), one.parameters(), 1e-5f, "depth " + depth);
    }
  }

  @Test
  void aTaskThatFailsOnceGivesTheSameBytes() {
    TrainingConfig config = classifier.trainingConfig(2);
    RoundState state =
        RoundState.initial(
            config.optimization(), new Network(config.network()).initialParameters(1));
    try (ShardedRows rows =
        ShardedRows.of(TinyRows.plan(classifier).packing(), TinyRows.data(60))) {
      ShardedRows failing = new ShardedRows(rows.shards().map(DistributedTrainerTest::failOnce));
      List<ShardResult> whole = new ArrayList<>();
      new SparkWorkers(config, rows, Thresholds.none(), 1).train(state, whole::add);
      List<ShardResult> retried = new ArrayList<>();
      new SparkWorkers(config, failing, Thresholds.none(), 1).train(state, retried::add);
      assertEquals(3, whole.size());
      for (int shard = 0; shard < whole.size(); shard++) {
        assertArrayEquals(whole.get(shard).parameters(), retried.get(shard).parameters());
        assertArrayEquals(
            whole.get(shard).optimizer().slot(0), retried.get(shard).optimizer().slot(0));
      }
    }
  }

  private static ShardData failOnce(ShardData data) {
    if (TaskContext.get().attemptNumber() == 0) {
      throw new IllegalStateException("the first attempt fails, as this test wants it");
    }
    return data;
  }

  @Test
  void aFailingTaskSurfacesItsMessage() {
    TrainingException failure =
        assertThrows(
            TrainingException.class,
            () ->
                TinyRows.train(
                    classifier.setOptimizer("sgd").setStepSize(1e38), TinyRows.data(60)));
    assertTrue(failure.getMessage().contains("globalClipnorm"), failure.getMessage());
  }

  @Test
  void thresholdsCountInValidationAsInScoring() {
    RnnClassificationModel model =
        classifier.setThresholds(new double[] {1, 1e-6}).fit(TinyRows.data(120));
    long[][] validation = model.history().best().validation().confusion();
    long[][] evaluation = model.evaluate(TinyRows.data(120)).confusion();
    for (long[][] confusion : List.of(validation, evaluation)) {
      assertEquals(0, confusion[0][0] + confusion[1][0]);
    }
    assertEquals(120, evaluation[0][1] + evaluation[1][1]);
    assertEquals(
        "thresholds must have 2 values, one per class, got 3",
        assertThrows(
                InputException.class,
                () -> classifier.setThresholds(new double[] {1, 1, 1}).fit(TinyRows.data(120)))
            .getMessage());
  }

  @Test
  void numbersAreForTheRegressor() {
    assertEquals(
        "loss must be one of classes, got mean_squared_error; RnnRegressor, --task regress, learns"
            + " numbers",
        assertThrows(
                InputException.class,
                () -> classifier.setLoss("mean_squared_error").fit(TinyRows.data(60)))
            .getMessage());
  }

  @Test
  void theIndicatorColumnMarksTheValidationRows() {
    TrainingRecord record =
        classifier
            .setValidationSplit(0)
            .setValidationIndicatorCol("held")
            .setWeightCol("id")
            .fit(TinyRows.data(50).withColumn("held", functions.expr("id >= 40")))
            .summary();
    assertEquals(40, record.trainingRows());
    assertEquals(10, record.validationRows());
  }

  @Test
  void earlyStoppingHandsOutTheBestEpoch() {
    classifier.setOptimizer("adam").setStepSize(0.1).setMaxIter(60).setPatience(2).setShards(1);
    TrainingProgress stopped = TinyRows.train(classifier, TinyRows.data(40));
    int best = stopped.history().bestEpoch();
    assertEquals(best + 2, stopped.history().epochs().size());
    TrainingProgress untilBest =
        TinyRows.train(classifier.setMaxIter(best).setPatience(0), TinyRows.data(40));
    assertArrayEquals(untilBest.parameters(), stopped.parameters());
  }

  @Test
  void aResumedTrainingEqualsAnUninterruptedOne(@TempDir Path directory) {
    classifier.setBatchesPerRound(3).setOuterUpdate("nesterov").setMaxIter(4);
    TrainingProgress whole = TinyRows.train(classifier, TinyRows.data(100));
    classifier.setCheckpointDir(directory.toString()).setCheckpointInterval(1);
    TrainingProgress half = TinyRows.train(classifier.setMaxIter(2), TinyRows.data(100));
    assertFalse(Arrays.equals(whole.parameters(), half.parameters()));
    TrainingProgress resumed =
        TinyRows.train(classifier.setMaxIter(4).setResume(true), TinyRows.data(100));
    assertArrayEquals(whole.parameters(), resumed.parameters());
    assertEquals(losses(whole), losses(resumed));
    String message =
        assertThrows(InputException.class, () -> TinyRows.train(classifier, TinyRows.data(101)))
            .getMessage();
    assertTrue(message.startsWith("the checkpoint was made with rows"), message);
  }

  @Test
  void twoTrainingsDoNotShareADirectoryOfCheckpoints(@TempDir Path directory) {
    RnnClassifier other = TinyRows.classifier().setCheckpointDir(directory.toString()).setSeed(8);
    other.setCheckpointInterval(1).setMaxIter(1);
    classifier.setCheckpointDir(directory.toString()).setCheckpointInterval(1).setMaxIter(3);
    TrainingListener sideBySide =
        new TrainingListener() {
          @Override
          public void epochFinished(EpochRecord record, TrainingHistory history) {
            if (record.epoch() == 2) {
              TinyRows.train(other, TinyRows.data(40));
            }
          }
        };
    DistributedTrainer trainer =
        new DistributedTrainer(TinyRows.plan(classifier), sideBySide, () -> 0);
    assertEquals(
        "another training saves its checkpoints in "
            + directory
            + " too; give each a directory of its own",
        assertThrows(TrainingException.class, () -> trainer.train(TinyRows.data(40))).getMessage());
  }

  @Test
  void aResumedTrainingKeepsItsMovingAverageAndItsRate(@TempDir Path directory) {
    classifier
        .setBatchesPerRound(2)
        .setEmaMomentum(0.9)
        .setPlateauPatience(1)
        .setPlateauFactor(0.5)
        .setPlateauMinDelta(100)
        .setPlateauCooldown(1)
        .setAccumulateBatches(2)
        .setLabelSmoothing(0.1)
        .setL2(1e-3)
        .setClassWeight("balanced")
        .setTruncatedSteps(3)
        .setPatience(4)
        .setMaxIter(5);
    TrainingProgress whole = TinyRows.train(classifier, TinyRows.data(100));
    assertEquals(
        4,
        whole.history().epochs().stream()
            .mapToDouble(EpochRecord::learningRate)
            .distinct()
            .count());
    classifier.setCheckpointDir(directory.toString()).setCheckpointInterval(1);
    TinyRows.train(classifier.setMaxIter(3), TinyRows.data(100));
    TrainingProgress resumed =
        TinyRows.train(classifier.setMaxIter(5).setResume(true), TinyRows.data(100));
    assertArrayEquals(whole.parameters(), resumed.parameters());
    assertArrayEquals(whole.state().parameters(), resumed.state().parameters());
    assertEquals(losses(whole), losses(resumed));
    String message =
        assertThrows(
                InputException.class,
                () -> TinyRows.train(classifier.setEmaMomentum(0.8), TinyRows.data(100)))
            .getMessage();
    assertTrue(message.startsWith("the checkpoint was made with ema.momentum 0.9"), message);
  }

  private static List<Double> losses(TrainingProgress progress) {
    return progress.history().epochs().stream().map(EpochRecord::trainLoss).toList();
  }

  /** Spark would find out when the first round ends, on executors that have trained meanwhile. */
  @Test
  void resultsThatSparkWillNotFetchAreRefusedBeforeTraining() {
    String name = "spark.driver.maxResultSize";
    RnnClassifier large =
        TinyRows.classifier().setVocabularySize(50_000).setShards(4).setAggregationDepth(2);
    Dataset<Row> rows = TinyRows.data(120);
    SparkConf conf = TestSpark.session().sparkContext().conf();
    conf.set(name, "1m");
    try {
      InputException refusal = assertThrows(InputException.class, () -> large.fit(rows));
      assertEquals(
          "the 2 results of a round need a spark.driver.maxResultSize of 4 MB or more, got 1 MB;"
              + " set it higher or to 0, or have executors average with a higher aggregationDepth",
          refusal.getMessage());
    } finally {
      conf.remove(name);
    }
  }

  @Test
  void whatIsExpectedIsInTheSummary() {
    RnnClassificationModel model = TinyRows.classifier().fit(TinyRows.data(120));
    Preflight preflight = model.summary().preflight();
    assertEquals(model.summary().trainingRows(), preflight.data().rows().getSum());
    assertEquals(model.parameters().length, preflight.traffic().parameters());
    assertEquals(3, preflight.data().shards().size());
    assertTrue(preflight.data().unknownTokens() > 0);
    assertTrue(preflight.data().steps().getSum() > preflight.data().unknownTokens());
  }
}

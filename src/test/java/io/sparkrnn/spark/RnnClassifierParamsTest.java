package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.optim.LearningRateSchedule;
import io.sparkrnn.optim.MovingAverage;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.Plateau;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.TrainingSetup;
import io.sparkrnn.train.config.ClassWeights;
import io.sparkrnn.train.config.Execution;
import io.sparkrnn.train.config.Objective;
import io.sparkrnn.train.config.TrainingConfig;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.Test;

class RnnClassifierParamsTest {
  @Test
  void theDefaultsAreThoseOfTheConfiguration() {
    assertEquals(TrainingConfig.defaults(), new RnnClassifier().trainingConfig(2));
  }

  @Test
  void everyParameterIsDocumentedAndHasADefaultOrMayBeUnset() {
    RnnClassifier classifier = new RnnClassifier();
    Set<String> unset = Set.of("thresholds", "batchesPerRound", "outerUpdate", "outerMomentum");
    for (Param<?> param : classifier.params()) {
      assertFalse(param.doc().isBlank(), param.name());
      assertTrue(classifier.isDefined(param) != unset.contains(param.name()), param.name());
    }
  }

  @Test
  void settersReturnTheClassifier() {
    RnnClassifier classifier = new RnnClassifier().setLayer("gru").setBatchSize(7).setSeed(3);
    assertEquals(7, classifier.getBatchSize());
    assertEquals(3, classifier.trainingConfig(2).seed());
  }

  @Test
  void accumulatedBatchesAreAParameter() {
    assertEquals(1, new RnnClassifier().getAccumulateBatches());
    TrainingConfig config =
        new RnnClassifier().setBatchSize(8).setAccumulateBatches(4).trainingConfig(2);
    assertEquals(32, config.batching().rowsPerStep());
    assertEquals(
        "accumulateBatches must be >= 1, got 0",
        message(() -> new RnnClassifier().setAccumulateBatches(0)));
  }

  @Test
  void theObjectiveIsInTheParameters() {
    Objective objective =
        new RnnClassifier().setLabelSmoothing(0.1).setL2(1e-4).trainingConfig(2).objective();
    assertEquals(0.1, objective.labelSmoothing());
    assertEquals(1e-4, objective.l2());
    RnnClassifier weighted = new RnnClassifier().setClassWeight(" 1 = 2.5 ");
    assertEquals(
        new ClassWeights(List.of(1.0, 2.5)),
        TrainingSetup.weighted(weighted.trainingConfig(2), weighted, new long[2])
            .objective()
            .classWeights());
    for (String bad : List.of("0", "0=1,0=2", "a=1", "0=-1", "0=NaN", "0=1,", "Balanced")) {
      assertEquals(
          "classWeight must be balanced or classes and weights >= 0, each class once, such as"
              + " 0=1.0,1=2.5, got "
              + bad,
          message(() -> new RnnClassifier().setClassWeight(bad)));
    }
  }

  @Test
  void plateausAreParameters() {
    RnnClassifier classifier =
        new RnnClassifier()
            .setPlateauPatience(3)
            .setPlateauFactor(0.5)
            .setPlateauMinDelta(0.01)
            .setPlateauCooldown(2)
            .setMinLearningRate(1e-5);
    assertEquals(
        new Plateau(3, 0.5, 0.01, 2, 1e-5), classifier.trainingConfig(2).optimization().plateau());
    assertEquals(
        "plateauFactor must be in (0, 1), got 1.0", message(() -> classifier.setPlateauFactor(1)));
  }

  @Test
  void truncationIsAParameter() {
    assertEquals(0, new RnnClassifier().getTruncatedSteps());
    RnnClassifier classifier = new RnnClassifier().setTruncatedSteps(50);
    assertEquals(50, classifier.trainingConfig(2).optimization().truncatedSteps());
  }

  @Test
  void theMovingAverageOfTheWeightsIsAParameter() {
    assertFalse(new RnnClassifier().trainingConfig(2).optimization().ema().isKept());
    assertEquals(
        new MovingAverage(0.99),
        new RnnClassifier().setEmaMomentum(0.99).trainingConfig(2).optimization().ema());
    RnnClassifier ofExamples = new RnnClassifier().setEmaExamples(5000).setBatchSize(10);
    MovingAverage one = ofExamples.setShards(1).trainingConfig(2).optimization().ema();
    MovingAverage eight = ofExamples.setShards(8).trainingConfig(2).optimization().ema();
    assertEquals(0.998, one.momentum(), 1e-5);
    assertEquals(Math.pow(one.momentum(), 8), eight.momentum(), 1e-12);
    assertThrows(InputException.class, () -> ofExamples.setEmaMomentum(0.9).trainingConfig(2));
  }

  @Test
  void chunksAndThreadsAreParameters() {
    assertEquals(Execution.defaults(), new RnnClassifier().trainingConfig(2).execution());
    RnnClassifier classifier =
        new RnnClassifier().setChunkRows(4).setThreadsPerTask(2).setMaxTapeMegabytes(64);
    assertEquals(new Execution(4, 2, 64), classifier.trainingConfig(2).execution());
    assertEquals(
        "chunkRows must be >= 0, got -1", message(() -> new RnnClassifier().setChunkRows(-1)));
    RnnClassifier auto = new RnnClassifier().setBatchSize(128);
    assertEquals(32, auto.trainingConfig(2).execution().chunkRows());
  }

  @Test
  void threadsThatWouldHaveNothingToDoAreRefused() {
    assertEquals(
        "threadsPerTask must be <= 2, the chunks of a batch of 32 rows, got 3; use chunkRows <= 15",
        message(() -> new RnnClassifier().setThreadsPerTask(3).trainingConfig(2)));
    RnnClassifier classifier = new RnnClassifier().setBatchSize(10).setThreadsPerTask(7);
    assertEquals(
        "threadsPerTask must be <= 5, the chunks of a batch of 10 rows, got 7; use chunkRows <= 1",
        message(() -> classifier.setChunkRows(2).trainingConfig(2)));
    assertEquals(7, classifier.setChunkRows(1).trainingConfig(2).execution().threadsPerTask());
    assertEquals(
        "threadsPerTask must be <= 10, the chunks of a batch of 10 rows, got 12; use fewer threads",
        message(() -> classifier.setThreadsPerTask(12).trainingConfig(2)));
  }

  @Test
  void weightDecayGoesWithAdamwAlone() {
    RnnClassifier classifier = new RnnClassifier().setWeightDecay(0.01);
    assertEquals(
        "weightDecay must go with optimizer adamw, got 0.01 and rmsprop; use adamw, or l2 for a"
            + " penalty on kernels",
        message(() -> classifier.trainingConfig(2)));
    assertEquals(
        new OptimizerSpec.AdamW(0.9, 0.999, 1e-7, 0.01),
        classifier.setOptimizer("adamw").trainingConfig(2).optimization().optimizer());
    new RnnClassifier().setWeightDecay(0).trainingConfig(2);
  }

  @Test
  void theLearningRateIsTheOptimizersUnlessSet() {
    RnnClassifier classifier = new RnnClassifier().setOptimizer("sgd");
    assertEquals(0.01, classifier.trainingConfig(2).optimization().learningRate());
    assertEquals(0.001, classifier.setOptimizer("adam").getStepSize());
    classifier.setStepSize(0.001);
    assertEquals(
        0.001, classifier.setOptimizer("sgd").trainingConfig(2).optimization().learningRate());
  }

  @Test
  void aCommaListStacksLayers() {
    TrainingConfig config =
        new RnnClassifier().setUnits("64, 32").setBidirectional(true).trainingConfig(5);
    assertEquals(2, config.network().layers().size());
    assertInstanceOf(LayerSpec.Bidirectional.class, config.network().layers().get(1));
    assertEquals(Loss.CATEGORICAL_CROSSENTROPY, config.objective().loss());
    assertEquals(5, config.network().head().outputs());
  }

  @Test
  void schedulesLastAsLongAsTheTrainingByDefault() {
    TrainingConfig config =
        new RnnClassifier()
            .setSchedule("cosine")
            .setWarmUpEpochs(2)
            .setMaxIter(12)
            .setOptimizer("adamw")
            .trainingConfig(2);
    assertEquals(
        new LearningRateSchedule.WarmUp(2, new LearningRateSchedule.Cosine(10, 0)),
        config.optimization().schedule());
    assertEquals(OptimizerSpec.AdamW.defaults(), config.optimization().optimizer());
  }

  @Test
  void theCosineMayEndAboveZero() {
    assertEquals(
        new LearningRateSchedule.Cosine(10, 0.1),
        new RnnClassifier()
            .setSchedule("cosine")
            .setAlpha(0.1)
            .trainingConfig(2)
            .optimization()
            .schedule());
    assertEquals(
        "alpha must be in [0, 1], got 2.0", message(() -> new RnnClassifier().setAlpha(2)));
  }

  @Test
  void badValuesAreRefusedWithNameRuleAndValue() {
    RnnClassifier classifier = new RnnClassifier();
    assertEquals("batchSize must be >= 1, got -3", message(() -> classifier.setBatchSize(-3)));
    assertEquals(
        "layer must be one of simple_rnn, lstm, gru, got transformer",
        message(() -> classifier.setLayer("transformer")));
    assertEquals("dropout must be in [0, 1), got 1.0", message(() -> classifier.setDropout(1)));
    assertEquals(
        "units must be numbers > 0, separated by commas, got 32,",
        message(() -> classifier.setUnits("32,")));
    assertEquals(
        "stepSize must be > 0, got NaN", message(() -> classifier.setStepSize(Double.NaN)));
  }

  @Test
  void aCopyKeepsTheParameters() {
    RnnClassifier classifier =
        new RnnClassifier().setUnits("5").setThresholds(new double[] {0.3, 0.7});
    RnnClassifier copy = classifier.copy(new org.apache.spark.ml.param.ParamMap());
    assertEquals("5", copy.getUnits());
    assertEquals(classifier.uid(), copy.uid());
  }

  private static String message(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}

package io.sparkrnn.spark;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.LearningRateSchedule;
import io.sparkrnn.optim.MovingAverage;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.Plateau;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.Batching;
import io.sparkrnn.train.ClassWeights;
import io.sparkrnn.train.EmbeddingTraining;
import io.sparkrnn.train.EmbeddingUpdates;
import io.sparkrnn.train.Execution;
import io.sparkrnn.train.Objective;
import io.sparkrnn.train.Optimization;
import io.sparkrnn.train.OuterUpdate;
import io.sparkrnn.train.Rounds;
import io.sparkrnn.train.Stopping;
import io.sparkrnn.train.TrainingConfig;
import java.util.Locale;

/**
 * The one place where Spark's parameters become the engine's configuration, and its defaults become
 * theirs.
 */
public final class TrainingSetup {
  private TrainingSetup() {}

  /**
   * Returns the configuration that the parameters of {@code from} describe.
   *
   * @param classes classes found in the labels, at least 2; not used for mean_squared_error
   */
  static TrainingConfig config(RnnClassifier from, int classes) {
    checkValidation(from);
    try {
      return translate(from, classes);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  /**
   * Checks that there is one way at most of choosing validation rows.
   *
   * @throws InputException if there are two
   */
  static void checkValidation(RnnClassifier from) {
    if (!from.getValidationIndicatorCol().isEmpty() && from.getValidationSplit() > 0) {
      throw new InputException(
          "at most one of validationIndicatorCol and validationSplit may be set, got '%s' and %s"
              .formatted(from.getValidationIndicatorCol(), from.getValidationSplit()));
    }
  }

  /**
   * Returns the configuration with the class weights that the parameters of {@code from} describe.
   *
   * @param counts training rows of each class. Not modified.
   */
  public static TrainingConfig weighted(TrainingConfig config, RnnClassifier from, long[] counts) {
    try {
      ClassWeights weights = ClassWeightText.weights(from.getClassWeight(), counts);
      return config.with(config.objective().with(weights));
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  private static TrainingConfig translate(RnnClassifier from, int classes) {
    Loss loss = loss(from.getLoss(), classes);
    return new TrainingConfig(
        NetworkSetup.network(from, loss, classes),
        new Objective(loss, from.getLabelSmoothing(), from.getL2(), ClassWeights.none()),
        optimization(from),
        new EmbeddingTraining(
            constant(EmbeddingUpdates.class, from.getEmbeddingUpdates()),
            from.getFreezeEmbedding()),
        new Batching(
            from.getBatchSize(),
            from.getAccumulateBatches(),
            from.getPoolBatches(),
            from.getWordDropout()),
        new Rounds(from.getShards(), from.getBatchesPerRound(), outer(from)),
        new Stopping(from.getMaxIter(), from.getPatience()),
        execution(from),
        from.getMonitorEvery(),
        from.getSeed());
  }

  /**
   * Sets the defaults: those of the engine's configuration, and Keras's and Spark's where it has
   * none.
   */
  static void setDefaults(RnnClassifier to) {
    TrainingConfig config = TrainingConfig.defaults();
    InputSpec.Tokens input = (InputSpec.Tokens) config.network().input();
    LayerSpec.Recurrent layer = (LayerSpec.Recurrent) config.network().layers().get(0);
    OptimizerSpec.RmsProp rmsProp = (OptimizerSpec.RmsProp) config.optimization().optimizer();
    OptimizerSpec.AdamW adam = OptimizerSpec.AdamW.defaults();
    to.setDefault(to.layer(), layer.cell().kerasName());
    to.setDefault(to.units(), Integer.toString(layer.units()));
    to.setDefault(to.bidirectional(), false);
    to.setDefault(to.mergeMode(), name(MergeMode.CONCAT));
    to.setDefault(to.goBackwards(), layer.goBackwards());
    to.setDefault(to.layers(), "");
    to.setDefault(to.pooling(), name(config.network().head().pooling()));
    to.setDefault(to.embeddingSize(), input.embeddingSize());
    to.setDefault(to.vocabularySize(), input.vocabularySize());
    to.setDefault(to.vectorSize(), 0);
    to.setDefault(to.dropout(), layer.dropout());
    to.setDefault(to.recurrentDropout(), layer.recurrentDropout());
    to.setDefault(to.embeddingDropout(), input.embeddingDropout());
    to.setDefault(to.spatialDropout(), input.spatialDropout());
    to.setDefault(to.wordDropout(), config.batching().wordDropout());
    to.setDefault(to.resetAfter(), layer.resetAfter());
    to.setDefault(to.maskZero(), input.maskZero());
    to.setDefault(to.loss(), "auto");
    to.setDefault(to.labelSmoothing(), config.objective().labelSmoothing());
    to.setDefault(to.l2(), config.objective().l2());
    to.setDefault(to.classWeight(), "");
    to.setDefault(to.optimizer(), "rmsprop");
    to.setDefault(to.stepSize(), config.optimization().learningRate());
    to.setDefault(to.momentum(), rmsProp.momentum());
    to.setDefault(to.nesterov(), OptimizerSpec.Sgd.defaults().nesterov());
    to.setDefault(to.rho(), rmsProp.rho());
    to.setDefault(to.beta1(), adam.beta1());
    to.setDefault(to.beta2(), adam.beta2());
    to.setDefault(to.epsilon(), rmsProp.epsilon());
    to.setDefault(to.weightDecay(), adam.weightDecay());
    to.setDefault(to.embeddingUpdates(), name(config.embedding().embeddingUpdates()));
    to.setDefault(to.pretrainedVectors(), "");
    to.setDefault(to.missingVectors(), "random");
    to.setDefault(to.freezeEmbedding(), config.embedding().freezeEmbedding());
    to.setDefault(to.clipvalue(), config.optimization().clipping().value());
    to.setDefault(to.clipnorm(), config.optimization().clipping().norm());
    to.setDefault(to.globalClipnorm(), config.optimization().clipping().globalNorm());
    to.setDefault(to.schedule(), "constant");
    to.setDefault(to.decayRate(), 0.1);
    to.setDefault(to.alpha(), 0.0);
    to.setDefault(to.decayEpochs(), 0.0);
    to.setDefault(to.warmUpEpochs(), 0.0);
    Plateau plateau = config.optimization().plateau();
    to.setDefault(to.plateauPatience(), plateau.patience());
    to.setDefault(to.plateauFactor(), plateau.factor());
    to.setDefault(to.plateauMinDelta(), plateau.minDelta());
    to.setDefault(to.plateauCooldown(), plateau.cooldown());
    to.setDefault(to.minLearningRate(), plateau.minLearningRate());
    to.setDefault(to.truncatedSteps(), config.optimization().truncatedSteps());
    to.setDefault(to.emaMomentum(), config.optimization().ema().momentum());
    to.setDefault(to.maxIter(), config.stopping().epochs());
    to.setDefault(to.batchSize(), config.batching().batchSize());
    to.setDefault(to.accumulateBatches(), config.batching().accumulateBatches());
    to.setDefault(to.batchesPerRound(), config.rounds().batchesPerRound());
    to.setDefault(to.shards(), config.rounds().shards());
    to.setDefault(to.poolBatches(), config.batching().poolBatches());
    to.setDefault(to.outerUpdate(), "mean");
    to.setDefault(to.outerMomentum(), 0.5);
    to.setDefault(to.validationIndicatorCol(), "");
    to.setDefault(to.validationSplit(), 0.0);
    to.setDefault(to.patience(), config.stopping().patience());
    to.setDefault(to.monitorEvery(), config.monitorEvery());
    to.setDefault(to.chunkRows(), config.execution().chunkRows());
    to.setDefault(to.threadsPerTask(), config.execution().threadsPerTask());
    to.setDefault(to.maxTapeMegabytes(), config.execution().maxTapeMegabytes());
    to.setDefault(to.maxRefusedFraction(), 0.1);
    to.setDefault(to.checkpointInterval(), -1);
    to.setDefault(to.checkpointDir(), "");
    to.setDefault(to.resume(), false);
    to.setDefault(to.aggregationDepth(), 1);
    to.setDefault(to.seed(), config.seed());
  }

  /** Sets the defaults that estimator and model share; the names are Spark ML's. */
  static void setColumnDefaults(ScoringParams<?> to) {
    to.setDefault(to.featuresCol(), "features");
    to.setDefault(to.labelCol(), "label");
    to.setDefault(to.weightCol(), "");
    to.setDefault(to.predictionCol(), "prediction");
    to.setDefault(to.probabilityCol(), "probability");
    to.setDefault(to.rawPredictionCol(), "rawPrediction");
    to.setDefault(to.attentionCol(), "");
    to.setDefault(to.reasonCol(), "");
  }

  private static Loss loss(String name, int classes) {
    if (name.equals("auto")) {
      return classes == 2 ? Loss.BINARY_CROSSENTROPY : Loss.CATEGORICAL_CROSSENTROPY;
    }
    return constant(Loss.class, name);
  }

  /** Threads that can have nothing to do are a mistake: they do not make chunks. */
  private static Execution execution(RnnClassifier from) {
    Execution execution =
        new Execution(from.getChunkRows(), from.getThreadsPerTask(), from.getMaxTapeMegabytes());
    int threads = execution.threadsPerTask();
    int most = execution.chunks(from.getBatchSize());
    if (threads > most) {
      int chunkRows = (from.getBatchSize() - 1) / (threads - 1);
      throw new IllegalArgumentException(
          "threadsPerTask must be <= %d, the chunks of a batch of %d rows, got %d; use %s"
              .formatted(
                  most,
                  from.getBatchSize(),
                  threads,
                  chunkRows > 0 ? "chunkRows <= " + chunkRows : "fewer threads"));
    }
    return execution;
  }

  private static Optimization optimization(RnnClassifier from) {
    if (from.isSet(from.weightDecay())
        && from.getWeightDecay() > 0
        && !from.getOptimizer().equals("adamw")) {
      throw new IllegalArgumentException(
          "weightDecay must go with optimizer adamw, got %s and %s; use adamw, or l2 for a penalty on kernels"
              .formatted(from.getWeightDecay(), from.getOptimizer()));
    }
    return new Optimization(
        optimizer(from),
        from.getStepSize(),
        schedule(from),
        plateau(from),
        new Clipping(from.getClipvalue(), from.getClipnorm(), from.getGlobalClipnorm()),
        new MovingAverage(from.getEmaMomentum()),
        from.getTruncatedSteps());
  }

  private static Plateau plateau(RnnClassifier from) {
    return new Plateau(
        from.getPlateauPatience(),
        from.getPlateauFactor(),
        from.getPlateauMinDelta(),
        from.getPlateauCooldown(),
        from.getMinLearningRate());
  }

  private static OuterUpdate outer(RnnClassifier from) {
    return from.getOuterUpdate().equals("mean")
        ? new OuterUpdate.Mean()
        : new OuterUpdate.Nesterov(from.getOuterMomentum());
  }

  /** Returns the learning rate of an optimizer unless another is set. */
  static double learningRate(String optimizer) {
    OptimizerSpec known =
        optimizer.equals("sgd") ? OptimizerSpec.Sgd.defaults() : OptimizerSpec.RmsProp.defaults();
    return Optimization.defaultLearningRate(known);
  }

  private static OptimizerSpec optimizer(RnnClassifier from) {
    return switch (from.getOptimizer()) {
      case "sgd" -> new OptimizerSpec.Sgd(from.getMomentum(), from.getNesterov());
      case "rmsprop" ->
          new OptimizerSpec.RmsProp(from.getRho(), from.getMomentum(), from.getEpsilon());
      case "adam" -> new OptimizerSpec.Adam(from.getBeta1(), from.getBeta2(), from.getEpsilon());
      default ->
          new OptimizerSpec.AdamW(
              from.getBeta1(), from.getBeta2(), from.getEpsilon(), from.getWeightDecay());
    };
  }

  private static LearningRateSchedule schedule(RnnClassifier from) {
    double warmUp = from.getWarmUpEpochs();
    double rest = Math.max(1, from.getMaxIter() - warmUp);
    double decay = from.getDecayEpochs() > 0 ? from.getDecayEpochs() : rest;
    LearningRateSchedule schedule =
        switch (from.getSchedule()) {
          case "exponential" -> new LearningRateSchedule.Exponential(from.getDecayRate(), decay);
          case "cosine" -> new LearningRateSchedule.Cosine(decay, from.getAlpha());
          default -> new LearningRateSchedule.Constant();
        };
    return warmUp > 0 ? new LearningRateSchedule.WarmUp(warmUp, schedule) : schedule;
  }

  static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

package io.sparkrnn.spark.params;

import io.sparkrnn.nn.Loss;
import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.LearningRateSchedule;
import io.sparkrnn.optim.MovingAverage;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.Plateau;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.options.ClassWeightText;
import io.sparkrnn.spark.params.task.LanguageParams;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.train.config.Batching;
import io.sparkrnn.train.config.ClassWeights;
import io.sparkrnn.train.config.EmbeddingTraining;
import io.sparkrnn.train.config.EmbeddingUpdates;
import io.sparkrnn.train.config.Execution;
import io.sparkrnn.train.config.Objective;
import io.sparkrnn.train.config.Optimization;
import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.RoundPolicy;
import io.sparkrnn.train.config.Rounds;
import io.sparkrnn.train.config.Stopping;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.config.Wide;
import java.util.Locale;

/** The one place where Spark's parameters become the engine's configuration. */
public final class TrainingSetup {
  private TrainingSetup() {}

  /**
   * Returns the configuration that the parameters of {@code from} describe.
   *
   * @param classes classes found in the labels, at least 2; not used for losses of numbers
   * @param rows training rows, 0 when they are not known
   */
  public static TrainingConfig config(TrainingParams<?> from, int classes, long rows) {
    checkValidation(from);
    try {
      return translate(from, classes, rows);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  /**
   * Checks that there is one way at most of choosing validation rows.
   *
   * @throws InputException if there are two
   */
  public static void checkValidation(TrainingParams<?> from) {
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
  public static TrainingConfig weighted(
      TrainingConfig config, TrainingParams<?> from, long[] counts) {
    try {
      ClassWeights weights = ClassWeightText.weights(from.getClassWeight(), counts);
      return config.with(config.objective().with(weights));
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  private static TrainingConfig translate(TrainingParams<?> from, int classes, long rows) {
    Loss loss = NetworkSetup.head(from, classes).loss();
    RoundPolicy policy = policy(from, rows);
    int batchSize = batchSize(from, policy);
    return new TrainingConfig(
        NetworkSetup.network(from, classes),
        new Objective(loss, from.getLabelSmoothing(), from.getL2(), ClassWeights.none()),
        optimization(from, batchSize),
        new EmbeddingTraining(
            constant(EmbeddingUpdates.class, from.getEmbeddingUpdates()),
            from.getFreezeEmbedding()),
        new Batching(
            batchSize,
            from.getAccumulateBatches(),
            from.getPoolBatches(),
            from.getWordDropout(),
            segmentLength(from)),
        rounds(from, policy),
        new Stopping(from.getMaxIter(), from.getPatience()),
        execution(from, batchSize),
        wide(from),
        from.getMonitorEvery(),
        from.getSeed());
  }

  private static int segmentLength(TrainingParams<?> from) {
    return from instanceof LanguageParams<?> language
        ? language.getSegmentLength()
        : Batching.defaults().segmentLength();
  }

  private static Wide wide(TrainingParams<?> from) {
    return new Wide(
        from.getWide(),
        from.getWideNgrams(),
        from.getWideFeatures(),
        from.getWideMinCount(),
        from.getWideRegularization());
  }

  /** Returns which n-grams rows have beside their ids. */
  public static Ngrams ngrams(TrainingParams<?> from) {
    try {
      return wide(from).ngrams();
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  static Loss loss(String name, int classes) {
    if (name.equals("auto")) {
      return classes == 2 ? Loss.BINARY_CROSSENTROPY : Loss.CATEGORICAL_CROSSENTROPY;
    }
    return constant(Loss.class, name);
  }

  /** Threads that can have nothing to do are a mistake: they do not make chunks. */
  private static Execution execution(TrainingParams<?> from, int rows) {
    int chunk = from.getChunkRows() > 0 ? from.getChunkRows() : Execution.chunkRows(rows);
    Execution execution =
        new Execution(chunk, Math.max(1, from.getThreadsPerTask()), from.getMaxTapeMegabytes());
    int threads = execution.threadsPerTask();
    int most = execution.chunks(rows);
    if (threads > most) {
      int chunkRows = (rows - 1) / (threads - 1);
      throw new IllegalArgumentException(
          "threadsPerTask must be <= %d, the chunks of a batch of %d rows, got %d; use %s"
              .formatted(
                  most,
                  rows,
                  threads,
                  chunkRows > 0 ? "chunkRows <= " + chunkRows : "fewer threads"));
    }
    return execution;
  }

  private static Optimization optimization(TrainingParams<?> from, int batchSize) {
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
        average(from, batchSize),
        from.getTruncatedSteps());
  }

  private static MovingAverage average(TrainingParams<?> from, int batchSize) {
    int examples = from.getEmaExamples();
    if (examples == 0) {
      return new MovingAverage(from.getEmaMomentum());
    } else if (from.getEmaMomentum() > 0) {
      throw new IllegalArgumentException(
          "at most one of emaMomentum and emaExamples may be set, got %s and %s"
              .formatted(from.getEmaMomentum(), examples));
    }
    double step = (double) batchSize * from.getAccumulateBatches() * shards(from);
    return MovingAverage.ofExamples(examples, step);
  }

  private static Plateau plateau(TrainingParams<?> from) {
    return new Plateau(
        from.getPlateauPatience(),
        from.getPlateauFactor(),
        from.getPlateauMinDelta(),
        from.getPlateauCooldown(),
        from.getMinLearningRate());
  }

  /** Returns the number of shards; 1 for one that is chosen later. */
  private static int shards(TrainingParams<?> from) {
    return Math.max(1, from.getShards());
  }

  /** Returns the rows of a batch; fewer than set on many shards, if they choose their rounds. */
  private static int batchSize(TrainingParams<?> from, RoundPolicy policy) {
    return from.isSet(from.batchesPerRound()) ? from.getBatchSize() : policy.rowsOfStep();
  }

  /** Returns what the number of shards asks for. */
  static RoundPolicy policy(TrainingParams<?> from, long rows) {
    return new RoundPolicy(shards(from), rows, from.getBatchSize(), optimizer(from));
  }

  private static Rounds rounds(TrainingParams<?> from, RoundPolicy policy) {
    int batches =
        from.isSet(from.batchesPerRound())
            ? from.getBatchesPerRound()
            : policy.rounds().batchesPerRound();
    double momentum =
        from.isSet(from.outerMomentum()) ? from.getOuterMomentum() : policy.momentum();
    OuterUpdate outer =
        from.getOuterUpdate().equals("mean")
            ? new OuterUpdate.Mean()
            : new OuterUpdate.Nesterov(momentum);
    return new Rounds(policy.shards(), batches, outer);
  }

  /** Returns the learning rate of an optimizer unless another is set. */
  static double learningRate(String optimizer) {
    OptimizerSpec known =
        optimizer.equals("sgd") ? OptimizerSpec.Sgd.defaults() : OptimizerSpec.RmsProp.defaults();
    return Optimization.defaultLearningRate(known);
  }

  private static OptimizerSpec optimizer(TrainingParams<?> from) {
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

  private static LearningRateSchedule schedule(TrainingParams<?> from) {
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
}

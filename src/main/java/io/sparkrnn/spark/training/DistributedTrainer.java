package io.sparkrnn.spark.training;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.TaskFailures;
import io.sparkrnn.spark.jobs.CancelledJobs;
import io.sparkrnn.spark.jobs.JobLabels;
import io.sparkrnn.spark.jobs.TrainingFigures;
import io.sparkrnn.spark.rows.CellReader;
import io.sparkrnn.spark.rows.ShardData;
import io.sparkrnn.spark.rows.ShardSummary;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.Phase;
import io.sparkrnn.train.PretrainingRecord;
import io.sparkrnn.train.TrainingException;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingLoop;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.config.ShardCount;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Thresholds;
import io.sparkrnn.train.preflight.Clocks;
import io.sparkrnn.train.preflight.MemoryCheck;
import io.sparkrnn.train.preflight.Preflight;
import io.sparkrnn.train.preflight.TimeForecast;
import io.sparkrnn.train.preflight.Truncation;
import io.sparkrnn.train.shards.Standardization;
import io.sparkrnn.train.wide.WideBranch;
import java.util.BitSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/**
 * Trains on Spark: rows become packed shards, the training loop runs on the driver, its rounds on
 * the executors.
 *
 * <p>Everything that is cached or broadcast is freed when training ends, however it ends.
 */
public final class DistributedTrainer {
  private final TrainingPlan plan;
  private final TrainingListener listener;
  private final LongSupplier nanoTime;
  private long begin;

  /**
   * Creates a trainer.
   *
   * @param plan what to train and how
   * @param listener who is told
   * @param nanoTime a clock that counts nanoseconds
   */
  public DistributedTrainer(TrainingPlan plan, TrainingListener listener, LongSupplier nanoTime) {
    this.plan = plan;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  /**
   * Trains on the rows of {@code dataset}.
   *
   * @param readers make readers of its features
   * @throws InputException if the rows cannot be trained on
   * @throws TrainingException if training fails, with the message of the task that failed
   */
  public Trained train(Dataset<?> dataset, CellReader.Factory readers) {
    return shown(
        dataset.sparkSession(),
        () -> ShardedRows.of(plan.packing(), dataset, readers),
        (trainer, rows) -> trainer.train(rows, null));
  }

  /** Trains likewise on rows whose features are what the network reads already. */
  public Trained train(Dataset<?> dataset) {
    boolean ofTexts = Columns.areReviews(dataset.schema());
    InputSpec input = plan.packing().input();
    return train(dataset, () -> CellReader.of(input, ofTexts));
  }

  /**
   * Trains on reviews whose words have ids in {@code vocabulary}, as on the rows of a table.
   *
   * @param targets ids of the words of translations, null for none
   */
  public Trained train(TokenizedRows reviews, Vocabulary vocabulary, Vocabulary targets) {
    return shown(
        reviews.spark(),
        () -> ShardedRows.of(plan.packing(), reviews, vocabulary, targets),
        (trainer, rows) -> trainer.train(rows, reviews.truncation()));
  }

  /** Trains on rows that are packed otherwise, such as windows of series. */
  public Trained train(SparkSession spark, Supplier<ShardedRows> packed) {
    return shown(spark, packed, (trainer, rows) -> trainer.train(rows, null));
  }

  /** Returns what training on rows that are packed otherwise would be like. */
  public Preflight foresee(SparkSession spark, Supplier<ShardedRows> packed) {
    return inShards(spark, packed, rows -> foresee(rows, null));
  }

  private <T> T shown(
      SparkSession spark,
      Supplier<ShardedRows> packed,
      BiFunction<DistributedTrainer, ShardedRows, T> work) {
    try (JobLabels jobs = JobLabels.of(spark.sparkContext(), plan.name());
        TrainingFigures figures = TrainingFigures.show()) {
      jobs.describe("packing rows into shards");
      DistributedTrainer trainer =
          new DistributedTrainer(plan, TrainingListener.all(figures, listener), nanoTime);
      return trainer.inShards(spark, packed, rows -> work.apply(trainer, rows));
    }
  }

  /**
   * Returns what training on these reviews would be like and how long it would take, which is
   * measured on this machine. Trains nothing and writes nothing.
   *
   * @throws InputException if the rows cannot be trained on
   */
  public Preflight foresee(TokenizedRows reviews, Vocabulary vocabulary, Vocabulary targets) {
    return inShards(
        reviews.spark(),
        () -> ShardedRows.of(plan.packing(), reviews, vocabulary, targets),
        rows -> foresee(rows, reviews.truncation()));
  }

  /** Returns the same for the rows of {@code dataset}, whose features {@code readers} read. */
  public Preflight foresee(Dataset<?> dataset, CellReader.Factory readers) {
    return inShards(
        dataset.sparkSession(),
        () -> ShardedRows.of(plan.packing(), dataset, readers),
        rows -> foresee(rows, null));
  }

  private <T> T inShards(
      SparkSession spark, Supplier<ShardedRows> packed, Function<ShardedRows, T> work) {
    begin = nanoTime.getAsLong();
    if (plan.vectors() != null) {
      plan.vectors().checkVocabulary();
      plan.vectors().check(spark.sessionState().newHadoopConf());
    }
    try (ShardedRows rows = inShards(packed.get())) {
      return work.apply(rows);
    } catch (TrainingException | InputException e) {
      throw e;
    } catch (Exception e) {
      throw explained(e);
    }
  }

  /** What somebody cancels in Spark's web pages, or by the group of its jobs, is no bug. */
  private RuntimeException explained(Exception failure) {
    return FailureReason.causes(failure).stream().anyMatch(CancelledJobs::isOne)
        ? new TrainingException("the jobs of this training were cancelled", failure)
        : TaskFailures.explained(failure);
  }

  private ShardedRows inShards(ShardedRows packed) {
    int shards = plan.shards();
    if (shards == 0) {
      ShardSummary total = packed.total();
      TrainingConfig any = plan.configuration().of(1, total);
      ShardCount chosen = ShardCount.of(total.trainingRows(), total.trainingSteps(), any.network());
      listener.shardsChosen(chosen);
      shards = chosen.shards();
    }
    return packed.in(shards, plan.packing());
  }

  /** Returns what is trained on rows that can be trained on. */
  private TrainingConfig checked(ShardedRows rows, ShardSummary total) {
    listener.rowsRead(total.trainingRows(), total.validationRows(), total.refusals());
    plan.checks().check(total);
    TrainingConfig config = configuration(rows, total);
    plan.checks().checkWeights(total, config.objective().classWeights());
    return config;
  }

  private Preflight foresee(ShardedRows read, Truncation truncation) {
    TrainingConfig config = checked(read, read.total());
    ShardedRows rows = read.trained(config);
    try {
      return foresee(config, rows, truncation);
    } finally {
      if (rows != read) {
        rows.close();
      }
    }
  }

  private Preflight foresee(TrainingConfig config, ShardedRows rows, Truncation truncation) {
    Preflight preflight = Foresight.of(config, rows, truncation, plan.aggregationDepth());
    if (MemoryCheck.refusal(preflight) != null) {
      return preflight;
    }
    return preflight.with(
        TimeForecast.measure(
            config,
            preflight,
            Foresight.sample(rows),
            Runtime.getRuntime().availableProcessors(),
            Clocks.of(nanoTime)));
  }

  /** Tells what the training will be like, and refuses it when memory certainly is too small. */
  private void foretell(TrainingConfig config, ShardedRows rows, Truncation truncation) {
    Preflight preflight = Foresight.of(config, rows, truncation, plan.aggregationDepth());
    listener.foreseen(preflight);
    String refusal = MemoryCheck.refusal(preflight);
    if (refusal != null && !plan.checkpoints().resume()) { // no round may be left to run
      throw new InputException(refusal);
    }
  }

  private Trained train(ShardedRows read, Truncation truncation) {
    ShardSummary total = read.total();
    TrainingConfig config = checked(read, total);
    if (plan.pretraining() == null) {
      return train(config, total, read, truncation);
    }
    DistributedTrainer after =
        new DistributedTrainer(plan.startingFrom(pretrained(read)), listener, nanoTime);
    after.begin = nanoTime.getAsLong();
    return after.train(after.checked(read, total), total, read, truncation);
  }

  /** Trains words and layers as a language model, on the texts of all rows but those held out. */
  private InitialModel.Pretrained pretrained(ShardedRows read) {
    long start = nanoTime.getAsLong();
    try (ShardedRows texts = read.changed(ShardData::texts)) {
      long rows = texts.total().trainingRows();
      listener.pretrainingBegins(rows);
      DistributedTrainer pretrainer =
          new DistributedTrainer(plan.pretraining(), listener, nanoTime);
      pretrainer.begin = start;
      Trained language = pretrainer.train(texts, null);
      TrainingHistory history = language.progress().history();
      double seconds = (nanoTime.getAsLong() - start) * 1e-9;
      listener.pretrained(new PretrainingRecord(rows, history, seconds));
      return new InitialModel.Pretrained(language.toModel());
    }
  }

  private Trained train(
      TrainingConfig config, ShardSummary total, ShardedRows read, Truncation truncation) {
    Standardization standardization = plan.standardizes() ? read.standardization() : null;
    ShardedRows rows =
        standardization == null ? read.trained(config) : read.standardized(standardization);
    try {
      foretell(config, rows, truncation);
      if (plan.selfTraining().rounds() == 0) {
        return train(config, total, rows, plan.checkpoints(), listener).with(standardization);
      }
      return plan.selfTraining().train(rows, this::train, listener).with(standardization);
    } finally {
      if (rows != read) {
        rows.close();
      }
    }
  }

  /** Trains once, when it is done several times. */
  private Trained train(ShardedRows rows, int time, TrainingListener recorder) {
    ShardSummary total = rows.total();
    return train(
        configuration(rows, total),
        total,
        rows,
        plan.checkpoints().ofTime(time),
        TrainingListener.all(recorder, listener));
  }

  private Trained train(
      TrainingConfig config,
      ShardSummary total,
      ShardedRows rows,
      CheckpointPlan checkpoints,
      TrainingListener told) {
    Thresholds thresholds = plan.thresholds().apply(config.network());
    try (SavedProgress saved =
            checkpoints.open(
                plan.fingerprint(config, total),
                rows.context().hadoopConfiguration(),
                told,
                nanoTime);
        SparkWorkers workers =
            new SparkWorkers(config, rows, thresholds, plan.aggregationDepth())) {
      TrainingProgress start = start(saved, config, rows);
      TrainingLoop loop = new TrainingLoop(config, workers, told, nanoTime);
      told.timeSpent(Phase.PREPARING, nanoTime.getAsLong() - begin);
      TrainingProgress progress = loop.run(start, saved::save);
      saved.saveAll();
      return new Trained(config, progress, wide(config, rows, thresholds, progress, told), null);
    }
  }

  /** Returns the wide branch beside what was trained, or null without one. */
  private WideBranch wide(
      TrainingConfig config,
      ShardedRows rows,
      Thresholds thresholds,
      TrainingProgress progress,
      TrainingListener told) {
    if (!config.wide().wide()) {
      return null;
    }
    long start = nanoTime.getAsLong();
    try (SparkWide workers = new SparkWide(config, rows, thresholds)) {
      WideBranch branch = workers.train(progress.parameters(), told);
      told.timeSpent(Phase.WIDE, nanoTime.getAsLong() - start);
      return branch;
    }
  }

  private TrainingProgress start(SavedProgress saved, TrainingConfig config, ShardedRows rows) {
    TrainingProgress initial = TrainingProgress.initial(config, initialParameters(config, rows));
    TrainingProgress start = saved.start(initial);
    if (start != initial) {
      listener.resumed(start.state().epoch(), start.state().round());
    } else if (plan.checkpoints().resume()) {
      listener.notResumed();
    }
    return start;
  }

  /** What is trained, on as many threads as a task has cores unless somebody says how many. */
  private TrainingConfig configuration(ShardedRows rows, ShardSummary total) {
    int shards = rows.summaries().size();
    TrainingConfig config = plan.configuration().of(shards, total);
    if (plan.threads() > 0) {
      return config;
    }
    int cores = new TaskCores(rows.context().sc()).of(shards);
    return config.with(config.execution().withThreads(cores, config.batching().batchSize()));
  }

  private float[] initialParameters(TrainingConfig config, ShardedRows rows) {
    Network network = new Network(config.network());
    float[] parameters = network.initialParameters(config.seed());
    Configuration hadoop = rows.context().hadoopConfiguration();
    if (plan.initial() != null) {
      listener.startedFrom(plan.initial().copy(hadoop, parameters, network));
    }
    if (plan.vectors() != null) {
      BitSet found = plan.vectors().copy(hadoop, parameters, network.embedding());
      listener.vectorsRead(plan.vectors().coverage(rows, found));
    }
    return parameters;
  }

  /**
   * The outcome of a training.
   *
   * @param config what was trained
   * @param progress parameters and history
   * @param wide the wide branch beside the network, or null without one
   * @param standardization what vectors were standardized by, or null for nothing
   */
  public record Trained(
      TrainingConfig config,
      TrainingProgress progress,
      WideBranch wide,
      Standardization standardization) {
    private Trained with(Standardization standardization) {
      return new Trained(config, progress, wide, standardization);
    }

    /** Returns the model of ids or vectors, which knows no words. */
    public SavedModel toModel() {
      return new SavedModel(
          config.network(),
          progress.parameters(),
          null,
          null,
          config.network().head().labels(),
          progress.history(),
          wide);
    }
  }
}

package io.sparkrnn.spark.training;

import io.sparkrnn.nn.Network;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.TaskFailures;
import io.sparkrnn.spark.params.TrainingSetup;
import io.sparkrnn.spark.rows.RowChecks;
import io.sparkrnn.spark.rows.ShardSummary;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.ClassWeights;
import io.sparkrnn.train.Phase;
import io.sparkrnn.train.TrainingConfig;
import io.sparkrnn.train.TrainingException;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingLoop;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.metrics.Thresholds;
import java.util.BitSet;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/**
 * Trains on Spark: rows become packed shards, the training loop runs on the driver, its rounds on
 * the executors.
 *
 * <p>Everything that is cached or broadcast is freed when training ends, however it ends.
 */
public final class DistributedTrainer {
  private final RnnClassifier params;
  private final TrainingListener listener;

  public DistributedTrainer(RnnClassifier params, TrainingListener listener) {
    this.params = params;
    this.listener = listener;
  }

  /**
   * Trains on the rows of {@code dataset}.
   *
   * @throws InputException if the rows cannot be trained on
   * @throws TrainingException if training fails, with the message of the task that failed
   */
  public Trained train(Dataset<?> dataset) {
    return train(dataset.sparkSession(), () -> ShardedRows.of(params, dataset));
  }

  /** Trains on reviews whose words have ids in {@code vocabulary}, as on the rows of a table. */
  public Trained train(TokenizedRows reviews, Vocabulary vocabulary) {
    return train(reviews.spark(), () -> ShardedRows.of(params, reviews, vocabulary));
  }

  private Trained train(SparkSession spark, Supplier<ShardedRows> packed) {
    long begin = System.nanoTime();
    checkVectors(spark);
    try (ShardedRows rows = packed.get()) {
      return train(rows, begin);
    } catch (TrainingException | InputException e) {
      throw e;
    } catch (Exception e) {
      throw TaskFailures.explained(e);
    }
  }

  /** Trains on rows that are packed already; the caller frees them. */
  private Trained train(ShardedRows rows, long begin) {
    ShardSummary total = rows.total();
    listener.rowsRead(total.trainingRows(), total.validationRows(), total.refusals());
    check(total);
    TrainingConfig config =
        TrainingSetup.weighted(params.trainingConfig(total.classes()), params, total.classCounts());
    checkWeights(total, config.objective().classWeights());
    Thresholds thresholds = ScoringPlan.thresholds(params, config.network());
    CheckpointPlan checkpoints = CheckpointPlan.of(params, config, rows);
    TrainingProgress start =
        checkpoints.start(TrainingProgress.initial(config, initialParameters(config, rows)));
    try (SparkWorkers workers =
        new SparkWorkers(config, rows, thresholds, params.getAggregationDepth())) {
      TrainingLoop loop = new TrainingLoop(config, workers, listener, System::nanoTime);
      listener.timeSpent(Phase.PREPARING, System.nanoTime() - begin);
      return new Trained(config, loop.run(start, checkpoints::save));
    }
  }

  private void checkVectors(SparkSession spark) {
    PretrainedVectors vectors = PretrainedVectors.of(params, spark.sessionState().newHadoopConf());
    if (vectors != null) {
      vectors.checkVocabulary();
      vectors.check();
    }
  }

  private float[] initialParameters(TrainingConfig config, ShardedRows rows) {
    Network network = new Network(config.network());
    float[] parameters = network.initialParameters(config.seed());
    PretrainedVectors vectors = PretrainedVectors.of(params, rows.context().hadoopConfiguration());
    if (vectors != null) {
      BitSet found = vectors.copy(parameters, network.embedding());
      listener.vectorsRead(vectors.coverage(rows, found));
    }
    return parameters;
  }

  private void check(ShardSummary total) {
    RowChecks checks = RowChecks.of(params);
    checks.checkRefused(total);
    checks.checkTraining(total);
    checks.checkClasses(total);
  }

  private static void checkWeights(ShardSummary total, ClassWeights weights) {
    if (total.weightedRows(weights) == 0) {
      throw new InputException(
          "all %d training rows have weight 0; nothing to train on"
              .formatted(total.trainingRows()));
    }
  }

  /**
   * The outcome of a training.
   *
   * @param config what was trained
   * @param progress parameters and history
   */
  public record Trained(TrainingConfig config, TrainingProgress progress) {}
}

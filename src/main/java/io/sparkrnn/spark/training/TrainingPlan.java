package io.sparkrnn.spark.training;

import io.sparkrnn.io.Fingerprint;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.spark.rows.PackingPlan;
import io.sparkrnn.spark.rows.RowChecks;
import io.sparkrnn.spark.rows.ShardSummary;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Thresholds;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All that a distributed training needs to know besides its rows, made once from an estimator's
 * parameters. Immutable; stays on the driver, executors get the parts that are serializable.
 *
 * @param name the group that Spark shows its jobs in, unless the caller has one
 * @param packing how rows are checked and assigned
 * @param shards number of shards, 0 to choose it by the rows
 * @param threads threads of a task, 0 for as many as it has cores
 * @param checks what the rows together must be like
 * @param configuration what is trained, which depends on the labels that are found
 * @param thresholds which class a network predicts when it is validated
 * @param pretraining the language model that is trained before, or null for none
 * @param standardizes whether vectors are standardized by what is learnt of the training rows
 * @param selfTraining whether rows without a label are learnt from by labels of its own
 * @param initial the model that training starts from, or null for none
 * @param vectors the word vectors that an embedding starts from, or null for none
 * @param checkpoints when progress is saved and where
 * @param aggregationDepth levels of averaging, 1 for the driver alone
 */
public record TrainingPlan(
    String name,
    PackingPlan packing,
    int shards,
    int threads,
    RowChecks checks,
    Configuration configuration,
    Function<NetworkSpec, Thresholds> thresholds,
    TrainingPlan pretraining,
    boolean standardizes,
    SelfTraining selfTraining,
    InitialModel initial,
    PretrainedVectors vectors,
    CheckpointPlan checkpoints,
    int aggregationDepth) {

  /** What is trained, as a function of what is found in the rows. */
  public interface Configuration {
    /**
     * Returns the configuration of a training.
     *
     * @param shards number of shards
     * @param found what was found in the rows of all shards together
     */
    TrainingConfig of(int shards, ShardSummary found);
  }

  /** Returns the plan of what comes after pretraining, which starts from its language model. */
  TrainingPlan startingFrom(InitialModel.Pretrained model) {
    return new TrainingPlan(
        name,
        packing,
        shards,
        threads,
        checks,
        configuration,
        thresholds,
        null,
        standardizes,
        selfTraining,
        model,
        vectors,
        checkpoints,
        aggregationDepth);
  }

  /** Returns all settings that the numbers of a training on such rows depend on. */
  SortedMap<String, String> fingerprint(TrainingConfig config, ShardSummary total) {
    SortedMap<String, String> fingerprint = new TreeMap<>(Fingerprint.of(config));
    fingerprint.put("aggregationDepth", Integer.toString(aggregationDepth));
    fingerprint.put("rows", Long.toString(total.trainingRows()));
    fingerprint.put("rowsKey", Long.toHexString(total.keySum()));
    if (standardizes) {
      fingerprint.put("standardize", "true");
    }
    if (selfTraining.rounds() > 0) {
      fingerprint.put("selfTraining", selfTraining.toString());
    }
    if (initial != null) {
      fingerprint.put("initialModel", initial.key());
    }
    if (vectors != null) {
      fingerprint.put("pretrainedVectors", vectors.file());
      fingerprint.put("missingVectors", vectors.missing());
    }
    return fingerprint;
  }
}

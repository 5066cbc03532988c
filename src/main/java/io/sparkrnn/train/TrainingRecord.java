package io.sparkrnn.train;

import io.sparkrnn.train.config.ShardCount;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.course.EpochCourse;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.preflight.Preflight;
import io.sparkrnn.train.shards.Refusals;
import io.sparkrnn.train.wide.WideRecord;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What happened in a training: what console, metrics, report and {@code fit()} tell of it.
 *
 * @param config what was trained, with shards, rounds and threads; null before training began
 * @param shardCount why there are so many shards; null when somebody set their number
 * @param trainingRows rows trained on
 * @param validationRows rows held out
 * @param unlabelledRows rows left out because nobody labelled them
 * @param refusals rows left out because they were bad, by reason
 * @param start what was taken from the model that it started from, or null without one
 * @param vectors coverage by pretrained vectors, or null when there were none
 * @param preflight what was known of it before it began, or null when nobody asked
 * @param history epochs and gradient norms, those before a checkpoint included
 * @param wide what a wide branch brought, or null without one
 * @param pretraining the language model before it, or null without one
 * @param selfTraining what rows without a label brought, or null when they were not learnt from
 * @param course what the rounds of each whole epoch add up to, since the last start
 * @param seconds wall time by phase, since the last start; a phase without any is not in it
 */
public record TrainingRecord(
    TrainingConfig config,
    ShardCount shardCount,
    long trainingRows,
    long validationRows,
    long unlabelledRows,
    Refusals refusals,
    StartRecord start,
    VectorCoverage vectors,
    Preflight preflight,
    TrainingHistory history,
    WideRecord wide,
    PretrainingRecord pretraining,
    SelfTrainingRecord selfTraining,
    List<EpochCourse> course,
    Map<Phase, Double> seconds) {
  public TrainingRecord {
    Objects.requireNonNull(refusals, "refusals");
    Objects.requireNonNull(history, "history");
    course = List.copyOf(course);
    Map<Phase, Double> copy = new EnumMap<>(Phase.class);
    copy.putAll(seconds);
    seconds = Collections.unmodifiableMap(copy);
  }

  /**
   * Returns the validation of the model: of both branches, or of the best epoch without a wide one;
   * null when there is none.
   */
  public Evaluation validation() {
    if (wide != null) {
      return wide.both();
    }
    return history.best() == null ? null : history.best().validation();
  }
}

package io.sparkrnn.cli.training;

import io.sparkrnn.spark.RnnEstimator;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.jobs.JobLabels;
import io.sparkrnn.spark.rows.TextCut;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.text.Vocabulary;
import org.apache.spark.sql.SparkSession;

/** The reviews of a training, read, and the words that they teach. */
final class TrainingReviews {
  private final SparkSession spark;
  private final TrainingStages stages;
  private final TrainingInputOptions input;
  private final Progress progress;
  private final JobLabels jobs;

  /**
   * Creates the reader.
   *
   * @param spark the session
   * @param stages the stages with their settings
   * @param input where the reviews come from
   * @param progress who is told
   * @param jobs what Spark shows of its jobs
   */
  TrainingReviews(
      SparkSession spark,
      TrainingStages stages,
      TrainingInputOptions input,
      Progress progress,
      JobLabels jobs) {
    this.spark = spark;
    this.stages = stages;
    this.input = input;
    this.progress = progress;
    this.jobs = jobs;
  }

  /** Reads the reviews and cuts them into words; the caller closes them. */
  TokenizedRows read() {
    progress.now("reading %s ...", input.describe());
    jobs.describe("reading %s", input.describe());
    RnnEstimator<?, ?> estimator = stages.estimator();
    return TokenizedRows.of(
        input.reviews(spark, estimator),
        estimator.columns(input.textCol(estimator)),
        new TextCut(
            stages.textSettings().unit(),
            stages.textSettings().padding(),
            estimator.getWide(),
            estimator.learnsUnlabelled()),
        input.testSplit());
  }

  /**
   * Counts the words of reviews.
   *
   * @throws InputException when no review is left to train on
   */
  Vocabulary vocabulary(TokenizedRows reviews) {
    if (input.testSplit() > 0 && reviews.trainingRows() == 0) {
      throw new InputException(
          "all reviews are held out for the test, none is left to train on; try a smaller --test-split, got "
              + input.testSplit());
    }
    progress.now("counting words ...");
    jobs.describe("counting words");
    return stages.vocabulary(reviews);
  }
}

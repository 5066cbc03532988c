package io.sparkrnn.cli.training;

import io.sparkrnn.spark.RnnEstimator;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.jobs.JobLabels;
import io.sparkrnn.spark.rows.RowColumns;
import io.sparkrnn.spark.rows.TextCut;
import io.sparkrnn.spark.rows.TokenizedRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads the rows of a training. */
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

  /** Reads the rows; the caller closes them. */
  TrainingRows read() {
    progress.now("reading %s ...", input.describe());
    jobs.describe("reading %s", input.describe());
    RnnEstimator<?, ?> estimator = stages.estimator();
    stages.setClasses(input.classes(spark, estimator));
    Dataset<Row> rows = input.reviews(spark, estimator, stages.classes());
    RowColumns columns = estimator.columns(input.column(estimator));
    if (!TrainingInputOptions.use(estimator).isOfWords()) {
      return new FeatureTrainingRows(stages, rows, columns, input.testSplit());
    }
    TextCut cut =
        new TextCut(
            stages.textSettings().unit(),
            stages.textSettings().padding(),
            estimator.getWide(),
            estimator.learnsUnlabelled());
    TokenizedRows texts = TokenizedRows.of(rows, columns, cut, input.testSplit());
    return new TextTrainingRows(stages, texts, input.testSplit());
  }

  /**
   * Learns what is to be known of rows before training.
   *
   * @throws InputException when no row is left to train on
   */
  void prepare(TrainingRows rows) {
    boolean ofTexts = TrainingInputOptions.use(stages.estimator()).isOfWords();
    String what = ofTexts ? "counting words" : "counting rows";
    progress.now("%s ...", what);
    jobs.describe("%s", what);
    rows.prepare();
  }

  static InputException allHeldOut(double testSplit) {
    return new InputException(
        "all reviews are held out for the test, none is left to train on; try a smaller --test-split, got "
            + testSplit);
  }
}

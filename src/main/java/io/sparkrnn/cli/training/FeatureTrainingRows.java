package io.sparkrnn.cli.training;

import io.sparkrnn.cli.reviews.LabelledReviews;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.rows.RowColumns;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.preflight.Preflight;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Vectors, audio or token ids, which are read as they are; kept until training ends. */
final class FeatureTrainingRows implements TrainingRows {
  private static final String TEST = "_test";

  private final TrainingStages stages;
  private final LabelledReviews kept;
  private final String test;
  private final double testSplit;

  /**
   * Reads rows.
   *
   * @param rows as {@link io.sparkrnn.spark.input.ReviewReader} reads them
   * @param columns names of their columns
   * @param testSplit fraction kept for the final test, of the groups if rows have groups
   */
  FeatureTrainingRows(
      TrainingStages stages, Dataset<Row> rows, RowColumns columns, double testSplit) {
    this.stages = stages;
    this.testSplit = testSplit;
    test = Columns.unused(rows.schema(), TEST);
    Column isTest = columns.groups().isTest(columns.features(), testSplit);
    kept = LabelledReviews.of(rows.withColumn(test, isTest), columns, test);
  }

  @Override
  public long unlabelled() {
    return kept.unlabelled();
  }

  @Override
  public void prepare() {
    if (testSplit > 0 && training().isEmpty()) {
      throw TrainingReviews.allHeldOut(testSplit);
    }
  }

  private Dataset<Row> training() {
    return kept.all().where(functions.not(Columns.named(test)));
  }

  @Override
  public Preflight foresee() {
    return stages.estimator().foresee(training());
  }

  @Override
  public RnnModel<?> train() {
    return stages.named(stages.estimator().fit(training()));
  }

  @Override
  public Evaluation test(RnnModel<?> model) {
    return model.evaluate(kept.all().where(Columns.named(test)));
  }

  @Override
  public void close() {
    kept.close();
  }
}

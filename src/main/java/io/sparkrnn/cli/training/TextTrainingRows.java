package io.sparkrnn.cli.training;

import io.sparkrnn.spark.RnnEstimator;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.preflight.Preflight;

/** Texts, cut into words, which make a vocabulary. */
final class TextTrainingRows implements TrainingRows {
  private final TrainingStages stages;
  private final TokenizedRows texts;
  private final double testSplit;
  private Vocabulary vocabulary;

  TextTrainingRows(TrainingStages stages, TokenizedRows texts, double testSplit) {
    this.stages = stages;
    this.texts = texts;
    this.testSplit = testSplit;
  }

  @Override
  public long unlabelled() {
    return texts.unlabelled();
  }

  @Override
  public void prepare() {
    if (testSplit > 0 && texts.trainingRows() == 0) {
      throw TrainingReviews.allHeldOut(testSplit);
    }
    vocabulary = stages.vocabulary(texts);
  }

  private RnnEstimator<?, ?> estimator() {
    return stages.taught(texts, vocabulary);
  }

  @Override
  public Preflight foresee() {
    return estimator().foresee(texts);
  }

  @Override
  public RnnModel<?> train() {
    return stages.named(estimator().fit(texts).withText(stages.textSettings(), vocabulary));
  }

  @Override
  public Evaluation test(RnnModel<?> model) {
    return model.evaluateTest(texts);
  }

  @Override
  public void close() {
    texts.close();
  }
}

package io.sparkrnn.cli.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.cli.reviews.LabelledReviews;
import io.sparkrnn.io.MetricsJson;
import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.VocabularyIndexerModel;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.Evaluation;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One training: read, learn the vocabulary, train, test, write. */
public final class TrainingJob {
  private final SparkSession spark;
  private final TrainingStages stages;
  private final TrainingInputOptions input;
  private final AtomicOutput target;
  private final Progress progress;
  private final long begin = System.nanoTime();

  public TrainingJob(
      SparkSession spark,
      TrainingStages stages,
      TrainingInputOptions input,
      AtomicOutput target,
      Progress progress) {
    this.spark = spark;
    this.stages = stages;
    this.input = input;
    this.target = target;
    this.progress = progress;
  }

  /** Trains, writes the model and then the metrics. */
  public void run(MetricsFile metricsFile) throws IOException {
    ObjectNode metrics = MetricsFile.object();
    RnnClassifier classifier = stages.classifier();
    classifier.checkPretrainedVectors(spark);
    Checkpoints checkpoints = Checkpoints.beside(target, classifier, progress);
    progress.now("reading %s ...", input.describe());
    try (LabelledReviews reviews = keep(input.reviews(spark, classifier))) {
      long unlabelled = reviews.unlabelled();
      if (unlabelled > 0) {
        progress.line("%,d reviews without a label left out", unlabelled);
      }
      metrics.put("rowsUnlabelled", unlabelled);
      Dataset<Row> training = reviews.training(input.testSplit(), classifier.getSeed());
      checkLeft(training);
      progress.now("counting words ...");
      VocabularyIndexerModel vocabulary = stages.vocabulary(training);
      classifier.setVocabularySize(vocabulary.vocabulary().size());
      progress.now("distributing reviews ...");
      RnnClassificationModel model =
          classifier
              .setListener(progress)
              .setVocabulary(vocabulary.vocabulary())
              .fit(stages.sequences(training, vocabulary))
              .withText(stages.textSettings(), vocabulary.vocabulary());
      describe(metrics, model);
      progress.now("testing ...");
      Evaluation test = test(model, reviews, vocabulary);
      if (test != null) {
        metrics.set("evaluation", MetricsJson.of(test));
        progress.line("test       %s", test);
        if (test.rowsRefused() > 0) {
          progress.line("%,d test rows refused: %s", test.rowsRefused(), test.refusals());
        }
      }
      progress.now("writing the model ...");
      model.write().overwrite().save(target.temporary());
      new ReportFile(spark, stages, input, progress).write(target, model, test, seconds());
      target.commit();
      checkpoints.delete();
    }
    metricsFile.write(metrics.put("seconds", seconds()));
    progress.line("model      %s", target.path());
    progress.line("report     %s/%s", target.path(), ReportFile.NAME);
  }

  private void checkLeft(Dataset<Row> training) {
    if (input.testSplit() > 0 && training.isEmpty()) {
      throw new InputException(
          "all reviews are held out for the test, none is left to train on; try a smaller --test-split, got "
              + input.testSplit());
    }
  }

  private LabelledReviews keep(Dataset<Row> reviews) {
    RnnClassifier classifier = stages.classifier();
    List<String> others =
        Stream.of(classifier.getWeightCol(), classifier.getValidationIndicatorCol())
            .filter(List.of(reviews.columns())::contains)
            .toList();
    return new LabelledReviews(reviews, input.textCol(), classifier.getLabelCol(), others);
  }

  private void describe(ObjectNode metrics, RnnClassificationModel model) {
    metrics.put("model", target.path());
    metrics.put("parametersSha256", model.parametersSha256());
    metrics.put("rowsRefused", progress.refusals().rows());
    metrics.set("refusals", MetricsJson.of(progress.refusals()));
    metrics.setAll(MetricsJson.of(model.history()));
    if (progress.vectors() != null) {
      metrics.set("pretrainedVectors", MetricsJson.of(progress.vectors()));
    }
    EpochRecord best = model.history().best();
    Evaluation validation = best == null ? null : best.validation();
    metrics.set("validation", validation == null ? null : MetricsJson.of(validation));
    if (validation != null) {
      progress.line("validation %s", validation);
    }
  }

  /** Returns the evaluation on rows kept aside, or null when there are none. */
  private Evaluation test(
      RnnClassificationModel model, LabelledReviews reviews, VocabularyIndexerModel vocabulary) {
    Dataset<Row> other = input.testReviews(spark, stages.classifier().getLabelCol());
    if (other != null) {
      try (LabelledReviews others = keep(other)) {
        return model.evaluate(stages.sequences(others.all(), vocabulary));
      }
    }
    if (input.testSplit() == 0) {
      return null;
    }
    Dataset<Row> held = reviews.test(input.testSplit(), stages.classifier().getSeed());
    return model.evaluate(stages.sequences(held, vocabulary));
  }

  private double seconds() {
    return (System.nanoTime() - begin) * 1e-9;
  }
}

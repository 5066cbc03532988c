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
import io.sparkrnn.train.Evaluation;
import io.sparkrnn.train.Phase;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingRecorder;
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
    RnnClassifier classifier = stages.classifier();
    classifier.checkPretrainedVectors(spark);
    Checkpoints checkpoints = Checkpoints.beside(target, classifier, progress);
    TrainingRecorder recorder = new TrainingRecorder();
    classifier.setListener(TrainingListener.all(checkpoints, progress, recorder));
    ObjectNode metrics = MetricsFile.object().put("model", target.path());
    progress.now("reading %s ...", input.describe());
    try (LabelledReviews reviews = keep(input.reviews(spark, classifier))) {
      TrainingListener.all(progress, recorder).rowsUnlabelled(reviews.unlabelled());
      VocabularyIndexerModel vocabulary = vocabulary(reviews);
      recorder.timeSpent(Phase.PREPARING, System.nanoTime() - begin);
      RnnClassificationModel model = train(reviews, vocabulary);
      metrics.put("parametersSha256", model.parametersSha256());
      metrics.setAll(MetricsJson.of(recorder.record()));
      if (recorder.record().validation() != null) {
        progress.line("validation %s", recorder.record().validation());
      }
      progress.now("testing ...");
      Evaluation test = test(model, reviews, vocabulary);
      if (test != null) {
        metrics.set("evaluation", MetricsJson.of(test));
        tell(test);
      }
      progress.now("writing the model ...");
      model.write().overwrite().save(target.temporary());
      new ReportFile(spark, stages, input).write(target, recorder.record(), model, test, seconds());
      target.commit();
      checkpoints.delete();
    }
    metricsFile.write(metrics.put("seconds", seconds()));
    progress.line("model      %s", target.path());
    progress.line("report     %s/%s", target.path(), ReportFile.NAME);
  }

  private VocabularyIndexerModel vocabulary(LabelledReviews reviews) {
    Dataset<Row> training = training(reviews);
    checkLeft(training);
    progress.now("counting words ...");
    return stages.vocabulary(training);
  }

  private RnnClassificationModel train(LabelledReviews reviews, VocabularyIndexerModel vocabulary) {
    progress.now("distributing reviews ...");
    return stages
        .classifier()
        .setVocabularySize(vocabulary.vocabulary().size())
        .setVocabulary(vocabulary.vocabulary())
        .fit(stages.sequences(training(reviews), vocabulary))
        .withText(stages.textSettings(), vocabulary.vocabulary());
  }

  private Dataset<Row> training(LabelledReviews reviews) {
    return reviews.training(input.testSplit(), stages.classifier().getSeed());
  }

  private void tell(Evaluation test) {
    progress.line("test       %s", test);
    if (test.rowsRefused() > 0) {
      progress.line("%,d test rows refused: %s", test.rowsRefused(), test.refusals());
    }
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

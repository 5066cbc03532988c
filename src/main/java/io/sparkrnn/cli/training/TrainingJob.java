package io.sparkrnn.cli.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.cli.reviews.LabelledReviews;
import io.sparkrnn.io.MetricsJson;
import io.sparkrnn.io.record.RecordJson;
import io.sparkrnn.spark.RnnEstimator;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.jobs.JobLabels;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.OverheadWatch;
import io.sparkrnn.train.Phase;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingRecorder;
import io.sparkrnn.train.metrics.Evaluation;
import java.io.IOException;
import java.util.List;
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
  private final JobLabels jobs;
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
    jobs = JobLabels.of(spark.sparkContext(), "spark-rnn train");
  }

  /** Trains, writes the model and then the metrics. */
  public void run(MetricsFile metricsFile) throws IOException {
    RnnEstimator<?, ?> estimator = stages.estimator();
    estimator.checkPretrainedVectors(spark);
    Checkpoints checkpoints = Checkpoints.beside(target, estimator, progress);
    TrainingRecorder recorder = new TrainingRecorder();
    estimator.setListener(TrainingListener.all(checkpoints, progress, recorder, overhead()));
    try (jobs) {
      run(metricsFile, checkpoints, recorder);
    } catch (Throwable e) {
      checkpoints.tellHowToGoOn();
      throw e;
    }
  }

  private OverheadWatch overhead() {
    return new OverheadWatch("--batches-per-round", text -> progress.line("warning: %s", text));
  }

  /** Says what is under way, on the terminal and of the jobs that Spark shows. */
  private void now(String what) {
    progress.now("%s ...", what);
    jobs.describe("%s", what);
  }

  private void run(MetricsFile metricsFile, Checkpoints checkpoints, TrainingRecorder recorder)
      throws IOException {
    ObjectNode metrics = MetricsFile.object().put("model", target.path());
    TrainingReviews reader = new TrainingReviews(spark, stages, input, progress, jobs);
    try (TokenizedRows reviews = reader.read()) {
      TrainingListener.all(progress, recorder)
          .rowsUnlabelled(reviews.unlabelled(), stages.estimator().learnsUnlabelled());
      Vocabulary vocabulary = reader.vocabulary(reviews);
      recorder.timeSpent(Phase.PREPARING, System.nanoTime() - begin);
      RnnModel<?> model = train(reviews, vocabulary);
      metrics.put("parametersSha256", model.parametersSha256());
      metrics.setAll(RecordJson.of(recorder.record()));
      if (recorder.record().validation() != null) {
        progress.line("validation %s", recorder.record().validation());
      }
      now("testing");
      Evaluation test = test(model, reviews);
      if (test != null) {
        metrics.set("evaluation", MetricsJson.of(test));
        tell(test);
      }
      now("writing the model");
      target.write(() -> model.write().overwrite().save(target.temporary()));
      target.write(
          () ->
              new ReportFile(spark, stages, input)
                  .write(target, recorder.record(), model, test, seconds()));
      target.commit();
      checkpoints.delete();
    }
    metricsFile.write(metrics.put("seconds", seconds()));
    progress.line("model      %s", target.path());
    progress.line("report     %s/%s", target.path(), ReportFile.NAME);
  }

  private RnnModel<?> train(TokenizedRows reviews, Vocabulary vocabulary) {
    now("distributing reviews");
    return stages
        .taught(reviews, vocabulary)
        .fit(reviews)
        .withText(stages.textSettings(), vocabulary);
  }

  private void tell(Evaluation test) {
    progress.line("test       %s", test);
    if (test.rowsRefused() > 0) {
      progress.line("%,d test rows refused: %s", test.rowsRefused(), test.refusals());
    }
  }

  /** Returns the evaluation on rows kept aside, or null when there are none. */
  private Evaluation test(RnnModel<?> model, TokenizedRows reviews) {
    RnnEstimator<?, ?> estimator = stages.estimator();
    Dataset<Row> other = input.testReviews(spark, estimator);
    if (other == null) {
      return input.testSplit() == 0 ? null : model.evaluateTest(reviews);
    }
    if (!estimator.needsLabels()) {
      return model.evaluateText(other, input.textCol(estimator));
    }
    try (LabelledReviews others =
        new LabelledReviews(other, input.textCol(), estimator.getLabelCol(), List.of())) {
      return model.evaluateText(others.all(), input.textCol());
    }
  }

  private double seconds() {
    return (System.nanoTime() - begin) * 1e-9;
  }
}

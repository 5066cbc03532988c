package io.sparkrnn.cli.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.cli.reviews.EvaluationText;
import io.sparkrnn.cli.reviews.LabelledReviews;
import io.sparkrnn.cli.reviews.ReviewColumn;
import io.sparkrnn.io.MetricsJson;
import io.sparkrnn.io.record.RecordJson;
import io.sparkrnn.io.record.SeriesJson;
import io.sparkrnn.report.ForecastPlot;
import io.sparkrnn.spark.RnnEstimator;
import io.sparkrnn.spark.RnnForecastModel;
import io.sparkrnn.spark.RnnForecaster;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.jobs.JobLabels;
import io.sparkrnn.spark.series.SeriesPlots;
import io.sparkrnn.spark.series.SeriesRows;
import io.sparkrnn.train.OverheadWatch;
import io.sparkrnn.train.Phase;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingRecorder;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.series.SeriesSplit;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
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
    if (stages.estimator() instanceof RnnForecaster forecaster) {
      runForecaster(forecaster, metricsFile, checkpoints, recorder);
      return;
    }
    TrainingReviews reader = new TrainingReviews(spark, stages, input, progress, jobs);
    try (TrainingRows reviews = reader.read()) {
      TrainingListener.all(progress, recorder)
          .rowsUnlabelled(reviews.unlabelled(), stages.estimator().learnsUnlabelled());
      reader.prepare(reviews);
      recorder.timeSpent(Phase.PREPARING, System.nanoTime() - begin);
      now("distributing reviews");
      RnnModel<?> model = reviews.train();
      finish(
          model, () -> test(model, reviews), List::of, MetricsFile.object(), metricsFile, recorder);
      checkpoints.delete();
    }
  }

  /** The same for a table of series. */
  private void runForecaster(
      RnnForecaster forecaster,
      MetricsFile metricsFile,
      Checkpoints checkpoints,
      TrainingRecorder recorder)
      throws IOException {
    now("reading " + input.describe());
    progress.count("windows");
    SeriesSplit split = forecaster.split(input.testSplit());
    try (SeriesRows series = forecaster.read(input.table(spark))) {
      progress.line("%s", series.counts());
      recorder.timeSpent(Phase.PREPARING, System.nanoTime() - begin);
      now("distributing series");
      RnnForecastModel model = forecaster.fit(series, split);
      ObjectNode metrics = MetricsFile.object();
      metrics.set("series", SeriesJson.of(series.counts()));
      SeriesSplit.Part shown =
          input.testSplit() > 0
              ? SeriesSplit.Part.TEST
              : forecaster.getValidationSplit() > 0
                  ? SeriesSplit.Part.VALIDATION
                  : SeriesSplit.Part.TRAINING;
      finish(
          model,
          () -> test(model, series, split),
          () -> SeriesPlots.of(model.toLocal(), series, split, shown),
          metrics,
          metricsFile,
          recorder);
      checkpoints.delete();
    }
  }

  private Evaluation test(RnnForecastModel model, SeriesRows series, SeriesSplit split) {
    Dataset<Row> other = input.testTable(spark);
    if (other != null) {
      return model.evaluate(other);
    }
    return input.testSplit() == 0 ? null : model.evaluate(series, split, SeriesSplit.Part.TEST);
  }

  /** Tests a model, tells how it did, and writes it with its report; then the metrics. */
  private void finish(
      RnnModel<?> model,
      Supplier<Evaluation> tested,
      Supplier<List<ForecastPlot>> plots,
      ObjectNode metrics,
      MetricsFile metricsFile,
      TrainingRecorder recorder)
      throws IOException {
    metrics.put("model", target.path());
    metrics.put("parametersSha256", model.parametersSha256());
    metrics.setAll(RecordJson.of(recorder.record()));
    if (recorder.record().validation() != null) {
      progress.line("validation %s", recorder.record().validation());
    }
    now("testing");
    Evaluation test = tested.get();
    if (test != null) {
      metrics.set("evaluation", MetricsJson.of(test));
      tell(test);
    }
    now("writing the model");
    target.write(() -> model.write().overwrite().save(target.temporary()));
    target.write(
        () ->
            new ReportFile(spark, stages, input)
                .write(target, recorder.record(), model, test, plots.get(), seconds()));
    target.commit();
    metricsFile.write(metrics.put("seconds", seconds()));
    progress.line("model      %s", target.path());
    progress.line("report     %s/%s", target.path(), ReportFile.NAME);
  }

  private void tell(Evaluation test) {
    progress.line("test       %s", test);
    EvaluationText.baselines(test).forEach(text -> progress.line("%s", text));
    if (test.rowsRefused() > 0) {
      progress.line("%,d test rows refused: %s", test.rowsRefused(), test.refusals());
    }
  }

  /** Returns the evaluation on rows kept aside, or null when there are none. */
  private Evaluation test(RnnModel<?> model, TrainingRows reviews) {
    RnnEstimator<?, ?> estimator = stages.estimator();
    Dataset<Row> other = input.testReviews(spark, estimator, stages.classes());
    if (other == null) {
      return input.testSplit() == 0 ? null : reviews.test(model);
    }
    ReviewColumn column =
        new ReviewColumn(TrainingInputOptions.use(estimator), input.column(estimator));
    if (!estimator.needsLabels()) {
      return column.evaluate(model, other);
    }
    try (LabelledReviews others =
        new LabelledReviews(other, column.name(), estimator.getLabelCol(), List.of())) {
      return column.evaluate(model, others.all());
    }
  }

  private double seconds() {
    return (System.nanoTime() - begin) * 1e-9;
  }
}

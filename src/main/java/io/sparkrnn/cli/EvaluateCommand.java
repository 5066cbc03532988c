package io.sparkrnn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.cli.reviews.EvaluationText;
import io.sparkrnn.cli.reviews.LabelledReviews;
import io.sparkrnn.cli.reviews.ReviewColumn;
import io.sparkrnn.cli.reviews.SavedReviewModel;
import io.sparkrnn.cli.session.CommonOptions;
import io.sparkrnn.cli.session.Sessions;
import io.sparkrnn.cli.training.Progress;
import io.sparkrnn.io.MetricsJson;
import io.sparkrnn.io.record.SeriesJson;
import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.RnnForecastModel;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.RnnTranslatorModel;
import io.sparkrnn.spark.files.InputPath;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.ReviewReader;
import io.sparkrnn.spark.jobs.ExecutorWatch;
import io.sparkrnn.spark.jobs.JobLabels;
import io.sparkrnn.spark.series.SeriesRows;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.series.SeriesSplit;
import io.sparkrnn.train.series.SeriesSplit.Part;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code submit/evaluate}: how a model does on labelled reviews. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = {
      "Measures a model on labelled reviews: accuracy, log loss, AUC, confusion, refused rows; a"
          + " regression by rmse, mae, r2; a tagger by accuracy of words, macro F1, span F1.",
      "A language model is measured on texts, without labels: perplexity, bits per character.",
      "A forecaster is measured on series by rolling origin: at every row that has a whole window"
          + " before it and the values of its horizon; naive forecasts beside it.",
      "A translator is measured on texts and their translations: BLEU, chrF, perplexity."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private ModelOptions model;
  @Mixin private TranslationOptions translation;
  @Mixin private CommonOptions common;

  @Option(
      names = "--label-col",
      paramLabel = "NAME",
      defaultValue = "label",
      description = "column of labels (default: ${DEFAULT-VALUE})")
  private String labelCol;

  @Override
  public Integer call() throws IOException {
    model.check();
    MetricsFile metricsFile = model.metricsFile();
    ObjectNode metrics = MetricsFile.object();
    Progress progress = new Progress(System.err, false, common.quiet());
    try (SparkSession spark = Sessions.open("evaluate", common);
        ExecutorWatch watch = ExecutorWatch.over(spark.sparkContext(), "its part", progress::say);
        JobLabels jobs = JobLabels.of(spark.sparkContext(), "spark-rnn evaluate")) {
      jobs.describe("reading %s and %s", model.directory(), model.input());
      model.places(spark);
      RnnModel<?> saved = SavedReviewModel.load(spark, model.directory());
      if (saved instanceof RnnForecastModel forecaster) {
        evaluate(forecaster, spark, metrics, metricsFile);
        return 0;
      }
      translation.apply(saved);
      ReviewReader reader = model.reader(spark, saved, labelCol);
      ReviewColumn column = model.column(saved);
      if (saved instanceof RnnTranslatorModel translator) {
        reader.setTranslationCol(translator.getTargetCol());
      }
      if (!saved.needsLabels()) {
        jobs.describe("evaluation of %s on %s", model.directory(), model.input());
        Dataset<Row> texts = reader.readTexts(model.input());
        tell(saved, column.evaluate(saved, texts), metrics, metricsFile);
        return 0;
      }
      if (saved instanceof RnnClassificationModel) {
        reader.setClasses(saved.toLocal().labels());
      }
      Dataset<Row> read = reader.read(model.input());
      try (LabelledReviews reviews =
          new LabelledReviews(read, column.name(), labelCol, List.of())) {
        metrics.put("rowsUnlabelled", reviews.unlabelled());
        jobs.describe("evaluation of %s on %s", model.directory(), model.input());
        tell(
            saved,
            column.evaluate(saved.setLabelCol(labelCol), reviews.all()),
            metrics,
            metricsFile);
      }
    }
    return 0;
  }

  private void evaluate(
      RnnForecastModel forecaster, SparkSession spark, ObjectNode metrics, MetricsFile metricsFile)
      throws IOException {
    Dataset<Row> table = ReviewReader.readTable(spark, InputPath.find(spark, model.input()));
    try (SeriesRows series = forecaster.read(table)) {
      series.check(1);
      metrics.set("series", SeriesJson.of(series.counts()));
      Evaluation evaluation = forecaster.evaluate(series, new SeriesSplit(0, 0), Part.ALL);
      tell(forecaster, evaluation, metrics, metricsFile);
    }
  }

  private void tell(
      RnnModel<?> saved, Evaluation evaluation, ObjectNode metrics, MetricsFile metricsFile)
      throws IOException {
    if (evaluation.rows() == 0) {
      throw new InputException(
          "no review of " + model.input() + " can be evaluated: " + evaluation.refusals());
    }
    model.checkInvalid(
        evaluation.refusals().rows(),
        evaluation.rows() + evaluation.refusals().rows(),
        evaluation.refusals().toString());
    metrics.set("evaluation", MetricsJson.of(evaluation));
    metricsFile.write(metrics);
    if (!common.quiet() || !metricsFile.isWanted()) {
      EvaluationText.lines(evaluation, saved.toLocal().labels()).forEach(System.out::println);
    }
  }
}

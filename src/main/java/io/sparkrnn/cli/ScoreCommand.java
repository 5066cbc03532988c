package io.sparkrnn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.cli.reviews.ReviewColumn;
import io.sparkrnn.cli.reviews.SavedReviewModel;
import io.sparkrnn.cli.reviews.ScoredReviews;
import io.sparkrnn.cli.scoring.PartitionColumns;
import io.sparkrnn.cli.scoring.ScoringJob;
import io.sparkrnn.cli.session.CommonOptions;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.cli.session.Sessions;
import io.sparkrnn.cli.training.Progress;
import io.sparkrnn.spark.RnnForecastModel;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.files.InputPath;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.jobs.ExecutorWatch;
import io.sparkrnn.spark.jobs.JobLabels;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code submit/score}: predictions and probabilities beside the reviews they are of. */
@Command(
    name = "score",
    sortOptions = false,
    description = {
      "Adds prediction, probability and reason to reviews; every row and column is kept.",
      "A regression adds prediction and reason, a tagger tags (an array) and reason.",
      "A language model adds logProbability (natural logarithm) and tokens.",
      "A forecaster writes a row for each step after the end of each series.",
      "A translator adds translation.",
      "Of two classes, probability is that of class 1; of more, the array of all.",
      "A row that cannot be scored has no prediction, and the reason says why, unless",
      "--handle-invalid says otherwise."
    })
final class ScoreCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private ModelOptions model;
  @Mixin private OutputOptions output;
  @Mixin private TranslationOptions translation;

  @Option(
      names = "--attention-col",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "add a column of the weights of attention pooling: one per word that the model read, in"
              + " the order of the text and after truncating; needs a model with attention pooling")
  private String attentionCol;

  @Option(
      names = "--partition-by",
      paramLabel = "COL",
      split = ",",
      description =
          "write a directory COL=VALUE for each value of columns of the input, separated by commas;"
              + " an empty string is read back as null")
  private List<String> partitionBy = List.of();

  @Option(
      names = "--resume",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "go on where the same command was cut off: what it has written whole is not scored again")
  private boolean resume;

  @Mixin private CommonOptions common;

  ScoreCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    final long begin = System.nanoTime();
    model.check();
    output.check();
    MetricsFile metricsFile = model.metricsFile();
    ObjectNode metrics = MetricsFile.object();
    Progress progress = new Progress(System.err, environment.terminal(), common.quiet());
    try (SparkSession spark = Sessions.open("score", common);
        ExecutorWatch watch = ExecutorWatch.over(spark.sparkContext(), "its part", progress::say);
        JobLabels jobs = JobLabels.of(spark.sparkContext(), "spark-rnn score");
        AtomicOutput target = output.open(spark, model.places(spark), resume)) {
      progress.now("reading %s ...", model.directory());
      jobs.describe("reading %s and %s", model.directory(), model.input());
      RnnModel<?> saved = SavedReviewModel.load(spark, model.directory());
      translation.apply(saved);
      InputPath input = InputPath.find(spark, model.input());
      if (saved instanceof RnnForecastModel forecaster) {
        requireNone("--attention-col", !attentionCol.isEmpty());
        requireNone("--partition-by", !partitionBy.isEmpty());
        requireNone("--resume", resume);
        new ForecastScoring(spark, forecaster, model, input, output, target, progress)
            .run(metricsFile, begin);
        return 0;
      }
      ScoringJob job = ScoringJob.open(spark, target, saved, input, rowOptions(saved), progress);
      if (resume && !target.isResumed()) {
        progress.line("nothing of %s is scored yet; scoring from the start", output.path());
      }
      progress.now("scoring %s ...", model.input());
      final long scoringBegin = System.nanoTime();
      ScoringJob.Counts counts = score(spark, job, saved, input);
      job.commit();
      final double scoring = (System.nanoTime() - scoringBegin) * 1e-9;
      double seconds = (System.nanoTime() - begin) * 1e-9;
      metrics.put("rowsIn", counts.rows()).put("rowsScored", counts.scored());
      metricsFile.write(metrics.put("rowsRefused", counts.refused()).put("seconds", seconds));
      progress.line(
          "%,d reviews, %,d scored, %,d refused, %.1f s, %,.0f reviews/s; written to %s",
          counts.rows(),
          counts.scored(),
          counts.refused(),
          seconds,
          counts.rows() / scoring,
          output.path());
      if (counts.scored() == 0) {
        System.err.printf("warning: no row could be scored, most for: %s%n", counts.reason());
      }
    } finally {
      progress.finish();
    }
    return 0;
  }

  private static void requireNone(String option, boolean given) {
    if (given) {
      throw new InputException(option + " is not read with a forecaster; leave it out");
    }
  }

  /** Returns the options that the rows of the output depend on. */
  private Map<String, String> rowOptions(RnnModel<?> saved) {
    ReviewColumn column = model.column(saved);
    return Map.of(
        "--%s-col".formatted(column.use().word()),
        column.name(),
        "translation",
        translation.text(),
        "--handle-invalid",
        model.handleInvalid(),
        "--attention-col",
        attentionCol,
        "--format",
        output.format().name(),
        "--partition-by",
        String.join(",", partitionBy));
  }

  /** Scores the reviews; they are written, but not in their place yet. */
  private ScoringJob.Counts score(
      SparkSession spark, ScoringJob job, RnnModel<?> saved, InputPath input)
      throws IOException, InterruptedException {
    ScoringJob.Counts counts;
    try {
      ReviewColumn column = model.column(saved);
      Dataset<Row> reviews =
          model
              .reader(spark, saved, "label")
              .setParallelism(job.parallelism())
              .readUnlabelled(input);
      PartitionColumns.check(partitionBy, reviews.schema(), column.name());
      Dataset<Row> scored = ScoredReviews.of(saved, reviews, column, attentionCol);
      counts = job.score(scored, this::write);
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      job.tellHowToGoOn();
      throw e;
    }
    try {
      model.checkInvalid(counts.refused(), counts.rows(), counts.reason());
    } catch (InputException e) {
      job.discard(); // the same rows would be refused again
      throw e;
    }
    return counts;
  }

  private void write(Dataset<Row> table, String directory) {
    Dataset<Row> rows = model.skipsInvalid() ? ScoredReviews.good(table) : table;
    output.format().write(rows, directory, partitionBy);
  }
}

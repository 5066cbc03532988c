package io.sparkrnn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.cli.reviews.SavedReviewModel;
import io.sparkrnn.cli.reviews.ScoredReviews;
import io.sparkrnn.cli.session.CommonOptions;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.cli.session.Sessions;
import io.sparkrnn.cli.training.Progress;
import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.input.ReviewReader;
import io.sparkrnn.spark.jobs.ExecutorWatch;
import io.sparkrnn.spark.jobs.JobLabels;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code submit/score}: predictions and probabilities beside the reviews they are of. */
@Command(
    name = "score",
    sortOptions = false,
    description = {
      "Adds prediction, probability and reason to reviews; every row and column is kept.",
      "Of two classes, probability is that of class 1; of more, the array of all.",
      "A row that cannot be scored has no prediction, and the reason says why, unless",
      "--handle-invalid says otherwise."
    })
final class ScoreCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private ModelOptions model;
  @Mixin private OutputOptions output;

  @Option(
      names = "--attention-col",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "add a column of the weights of attention pooling: one per word that the model read, in"
              + " the order of the text and after truncating; needs a model with attention pooling")
  private String attentionCol;

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
        AtomicOutput target = output.open(spark, model.places(spark))) {
      progress.now("reading %s ...", model.directory());
      jobs.describe("reading %s and %s", model.directory(), model.input());
      RnnClassificationModel saved = SavedReviewModel.load(spark, model.directory());
      Dataset<Row> reviews =
          new ReviewReader(spark, model.textCol(), "label").readUnlabelled(model.input());
      Observation counts = new Observation("scored");
      Dataset<Row> scored =
          ScoredReviews.of(saved, reviews, model.textCol(), attentionCol)
              .observe(
                  counts,
                  functions.count(functions.lit(1)).as("rowsIn"),
                  functions.count(functions.col(ScoredReviews.PREDICTION)).as("rowsScored"),
                  functions.mode(functions.col(ScoredReviews.REASON)).as("reason"));
      progress.now("scoring %s ...", model.input());
      jobs.describe("scoring %s, writing %s", model.input(), output.path());
      final long scoringBegin = System.nanoTime();
      output.write(model.skipsInvalid() ? ScoredReviews.good(scored) : scored, target);
      Map<String, Object> counted = counts.getAsJava();
      long rows = (Long) counted.get("rowsIn");
      long good = (Long) counted.get("rowsScored");
      String reason = (String) counted.get("reason");
      model.checkInvalid(rows - good, rows, reason);
      target.commit();
      final double scoring = (System.nanoTime() - scoringBegin) * 1e-9;
      double seconds = (System.nanoTime() - begin) * 1e-9;
      metrics.put("rowsIn", rows).put("rowsScored", good).put("rowsRefused", rows - good);
      metricsFile.write(metrics.put("seconds", seconds));
      progress.line(
          "%,d reviews, %,d scored, %,d refused, %.1f s, %,.0f reviews/s; written to %s",
          rows, good, rows - good, seconds, rows / scoring, output.path());
      if (good == 0) {
        System.err.printf("warning: no row could be scored, most for: %s%n", reason);
      }
    } finally {
      progress.finish();
    }
    return 0;
  }
}

package io.sparkrnn.cli.training;

import io.sparkrnn.spark.RnnForecaster;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.jobs.JobLabels;
import io.sparkrnn.spark.series.SeriesRows;
import io.sparkrnn.train.preflight.MemoryCheck;
import io.sparkrnn.train.preflight.Preflight;
import io.sparkrnn.train.series.SeriesSplit;
import java.io.PrintStream;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * What a training would be like: reads, counts and assigns the reviews, measures this machine and
 * prints what is to be expected. Trains nothing and writes nothing.
 */
public final class DryRun {
  private final SparkSession spark;
  private final TrainingStages stages;
  private final TrainingInputOptions input;
  private final Progress progress;
  private final long begin = System.nanoTime();

  public DryRun(
      SparkSession spark, TrainingStages stages, TrainingInputOptions input, Progress progress) {
    this.spark = spark;
    this.stages = stages;
    this.input = input;
    this.progress = progress;
  }

  /**
   * Prints the table.
   *
   * @throws InputException when the reviews cannot be trained on, or memory is too small
   */
  public void run(PrintStream out) {
    stages.estimator().checkPretrainedVectors(spark);
    stages.estimator().setListener(progress);
    try (JobLabels jobs = JobLabels.of(spark.sparkContext(), "spark-rnn train --dry-run")) {
      if (stages.estimator() instanceof RnnForecaster forecaster) {
        print(out, forecaster);
      } else {
        print(out, new TrainingReviews(spark, stages, input, progress, jobs));
      }
    }
    progress.line(
        "dry run in %.1f s: nothing was trained or written", (System.nanoTime() - begin) * 1e-9);
  }

  private void print(PrintStream out, RnnForecaster forecaster) {
    progress.now("reading %s ...", input.describe());
    progress.count("windows");
    SeriesSplit split = forecaster.split(input.testSplit());
    try (SeriesRows series = forecaster.read(input.table(spark))) {
      progress.line("%s", series.counts());
      progress.now("distributing and measuring ...");
      print(out, forecaster.foresee(series, split));
    }
  }

  private void print(PrintStream out, TrainingReviews reader) {
    try (TrainingRows reviews = reader.read()) {
      progress.rowsUnlabelled(reviews.unlabelled(), stages.estimator().learnsUnlabelled());
      reader.prepare(reviews);
      progress.now("distributing and measuring ...");
      print(out, reviews.foresee());
    }
  }

  private void print(PrintStream out, Preflight preflight) {
    progress.finish();
    print(out, PreflightText.table(preflight));
    MemoryCheck.warnings(preflight).forEach(warning -> progress.line("warning: %s", warning));
    String refusal = MemoryCheck.refusal(preflight);
    if (refusal != null) {
      throw new InputException(refusal);
    }
  }

  private static void print(PrintStream out, Map<String, String> table) {
    int width = table.keySet().stream().mapToInt(String::length).max().orElse(0);
    table.forEach((name, value) -> out.printf("%-" + width + "s  %s%n", name, value));
    out.flush();
  }
}

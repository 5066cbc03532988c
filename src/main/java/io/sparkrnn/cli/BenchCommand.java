package io.sparkrnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.cli.bench.EngineBenchmark;
import io.sparkrnn.cli.bench.EngineBenchmark.Model;
import io.sparkrnn.cli.bench.GemmBenchmark;
import io.sparkrnn.cli.bench.Machine;
import io.sparkrnn.cli.options.OptionChecks;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.cli.session.CommonOptions;
import io.sparkrnn.cli.session.Sessions;
import io.sparkrnn.io.MetricsJson;
import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.spark.baseline.TfidfBaseline;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.SyntheticReviews;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code submit/bench}: measures the engine, or the baseline that a network has to beat. */
@Command(
    name = "bench",
    description = {
      "Measures matrix products and whole networks without Spark, on generated token ids with the",
      "lengths and frequencies of IMDB reviews, or on the reviews of --input.",
      "With --baseline, trains tf-idf and logistic regression on --input (or on the sample corpus)",
      "instead and reports its accuracy on held-out reviews."
    })
final class BenchCommand implements Callable<Integer> {
  private static final List<Model> MODELS =
      List.of(
          new Model("simple_rnn", CellType.SIMPLE_RNN, 32, 32, 0),
          new Model("gru", CellType.GRU, 32, 32, 0),
          new Model("lstm", CellType.LSTM, 32, 32, 0),
          new Model("lstm_dropout", CellType.LSTM, 32, 32, 0.2),
          new Model("lstm", CellType.LSTM, 128, 128, 0),
          new Model("lstm", CellType.LSTM, 512, 256, 0));
  private static final int[][] PRODUCTS = {
    {128, 128, 32},
    {128, 32, 128},
    {128, 512, 128},
    {128, 128, 512},
    {128, 2048, 512},
    {512, 512, 512}
  };
  private static final int REVIEWS = 6_400;

  @Mixin private CommonOptions common;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description = "reviews to measure with; read by Spark")
  private String input;

  @Option(
      names = "--text-col",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "column of the text")
  private String textCol;

  @Option(
      names = "--label-col",
      paramLabel = "NAME",
      defaultValue = "label",
      description = "column of the label")
  private String labelCol;

  @Option(
      names = "--baseline",
      description = "measure tf-idf and logistic regression instead of the engine")
  private boolean baseline;

  @Option(
      names = "--reviews",
      paramLabel = "N",
      defaultValue = "20000",
      description = "size of the sample corpus for --baseline (default: ${DEFAULT-VALUE})")
  private long reviews;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "NAME",
      description =
          "only these: simple_rnn, gru, lstm, lstm_dropout, each optionally with :UNITS, as in lstm:128")
  private List<String> only;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2",
      description =
          "threads to measure with, each training a network of its own (default: ${DEFAULT-VALUE})")
  private List<Integer> threads;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "4",
      description = "time of one measurement after as long a warm-up (default: ${DEFAULT-VALUE})")
  private double seconds;

  @Option(names = "--metrics", paramLabel = "FILE", description = "write the figures as JSON")
  private Path metrics;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    MetricsFile file = MetricsFile.at(metrics);
    ObjectNode json = MetricsFile.object();
    json.set("machine", Machine.describe());
    if (baseline) {
      measureBaseline(json);
    } else {
      measureEngine(json);
    }
    file.write(json);
    return 0;
  }

  private void check() {
    OptionChecks.path("--input", input);
    OptionChecks.positive("--reviews", reviews);
    OptionChecks.positive("--seconds", seconds);
    threads.forEach(count -> OptionChecks.positive("--threads", count));
    List<String> names =
        MODELS.stream()
            .flatMap(model -> Stream.of(model.model(), model.name()))
            .distinct()
            .toList();
    for (String name : only == null ? List.<String>of() : only) {
      if (!names.contains(name)) {
        throw new InputException(
            "--models must be among %s, got '%s'".formatted(String.join(", ", names), name));
      }
    }
  }

  private void measureBaseline(ObjectNode json) throws IOException {
    try (SparkSession spark = Sessions.open("bench", common)) {
      TfidfBaseline.Result result =
          new TfidfBaseline(spark).measure(input, textCol, labelCol, reviews);
      ObjectNode node = json.putObject("baseline");
      node.put("model", "tfidf_logistic_regression");
      node.put("trainRows", result.trainRows());
      node.put("rows", result.rows());
      node.put("accuracy", result.accuracy());
      node.put("rowsUnlabelled", result.rowsUnlabelled());
      node.put("rowsRefused", result.refusals().rows());
      node.set("refusals", MetricsJson.of(result.refusals()));
      say(
          "tf-idf and logistic regression: accuracy %.4f on %d held-out reviews, trained on %d",
          result.accuracy(), result.rows(), result.trainRows());
      sayLeftOut(result);
    }
  }

  private void sayLeftOut(TfidfBaseline.Result result) {
    if (result.rowsUnlabelled() > 0) {
      say("%,d reviews without a label left out", result.rowsUnlabelled());
    }
    if (result.refusals().rows() > 0) {
      say("%,d rows refused: %s", result.refusals().rows(), result.refusals());
    }
  }

  private void measureEngine(ObjectNode json) throws IOException, InterruptedException {
    EngineBenchmark benchmark = benchmark();
    say("kernels: %s", Kernels.best().name());
    ArrayNode products = json.putArray("gemm");
    GemmBenchmark gemm = new GemmBenchmark();
    for (int[] shape : PRODUCTS) {
      double gflops = gemm.gflops(shape[0], shape[1], shape[2]);
      products
          .addObject()
          .put("m", shape[0])
          .put("n", shape[1])
          .put("k", shape[2])
          .put("gflops", gflops);
      say("gemm %4d x %4d x %4d  %7.1f GFLOP/s", shape[0], shape[1], shape[2], gflops);
    }
    ArrayNode runs = json.putArray("runs");
    for (Model model : MODELS) {
      if (!wanted(model)) {
        continue;
      }
      for (int count : threads) {
        EngineBenchmark.Rates rates = benchmark.measure(model, count);
        runs.addObject()
            .put("model", model.model())
            .put("units", model.units())
            .put("embedding", model.embedding())
            .put("threads", count)
            .put("trainReviewsPerSecond", rates.train())
            .put("scoreReviewsPerSecond", rates.score());
        say(
            "%-12s units %3d embedding %3d threads %d  train %8.0f reviews/s  score %8.0f reviews/s",
            model.model(), model.units(), model.embedding(), count, rates.train(), rates.score());
      }
    }
  }

  private boolean wanted(Model model) {
    return only == null || only.contains(model.model()) || only.contains(model.name());
  }

  private void say(String format, Object... values) {
    if (!common.quiet()) {
      System.out.println(String.format(Locale.ROOT, format, values));
    }
  }

  private EngineBenchmark benchmark() throws IOException {
    int vocabularySize = 10_000;
    if (input == null) {
      return new EngineBenchmark(
          SyntheticReviews.shard(REVIEWS, vocabularySize, 1), vocabularySize, seconds);
    }
    try (SparkSession spark = Sessions.open("bench", common)) {
      PackedShard shard =
          new TfidfBaseline(spark).ids(input, textCol, labelCol, vocabularySize, 500);
      if (shard.rows() < 128) {
        throw new InputException(
            "a measurement needs 128 reviews or more; " + input + " has " + shard.rows());
      }
      return new EngineBenchmark(shard, vocabularySize, seconds);
    }
  }
}

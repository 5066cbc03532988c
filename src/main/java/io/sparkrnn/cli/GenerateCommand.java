package io.sparkrnn.cli;

import io.sparkrnn.cli.options.OptionChecks;
import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.cli.output.Places;
import io.sparkrnn.cli.session.CommonOptions;
import io.sparkrnn.cli.session.Sessions;
import io.sparkrnn.cli.training.Task;
import io.sparkrnn.spark.input.CorpusGenerator;
import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code submit/generate}: writes generated reviews. */
@Command(
    name = "generate",
    description = {
      "Writes generated film, product and restaurant reviews, labelled 0 and 1; or, for --task tag,"
          + " sentences whose people, places, organizations and dates are labelled word by word.",
      "The same seed gives the same reviews; fewer of them are the beginning of more of them."
    })
public final class GenerateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Mixin private OutputOptions output;

  @Option(
      names = "--reviews",
      required = true,
      paramLabel = "N",
      description = "how many reviews to write")
  private long reviews;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      defaultValue = "classify",
      converter = Task.Names.class,
      description = "what they are for: classify or tag (default: ${DEFAULT-VALUE})")
  private Task task;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "seed of the reviews (default: ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() throws IOException {
    output.check();
    OptionChecks.positive("--reviews", reviews);
    if (task != Task.CLASSIFY && task != Task.TAG) {
      throw new InputException("--task must be classify or tag, got " + task.word());
    }
    try (SparkSession spark = Sessions.open("generate", common);
        AtomicOutput target =
            output.open(spark, new Places(spark.sparkContext().hadoopConfiguration()))) {
      Dataset<Row> corpus =
          task == Task.TAG
              ? CorpusGenerator.generateTagged(spark, reviews, seed)
              : CorpusGenerator.generate(spark, reviews, seed);
      output.write(corpus, target);
      target.commit();
    }
    if (!common.quiet()) {
      System.err.println(
          reviews
              + (task == Task.TAG ? " sentences" : " reviews")
              + " written to "
              + output.path());
    }
    return 0;
  }
}

package io.sparkrnn.cli;

import io.sparkrnn.cli.options.ConfigFile;
import io.sparkrnn.cli.options.ConfiguredCommand;
import io.sparkrnn.cli.options.OptionChecks;
import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.cli.output.OutputKind;
import io.sparkrnn.cli.output.Places;
import io.sparkrnn.cli.session.CommonOptions;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.cli.session.Sessions;
import io.sparkrnn.cli.training.Checkpoints;
import io.sparkrnn.cli.training.DryRun;
import io.sparkrnn.cli.training.Progress;
import io.sparkrnn.cli.training.Task;
import io.sparkrnn.cli.training.TrainingInputOptions;
import io.sparkrnn.cli.training.TrainingJob;
import io.sparkrnn.cli.training.TrainingStages;
import io.sparkrnn.spark.jobs.ExecutorWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code submit/train}: from labelled reviews to a model. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Trains a recurrent network on labelled reviews, or a language model on texts, evaluates it and"
          + " writes the model.",
      "With neither --input nor --config it trains on generated reviews, as conf/sample.properties"
          + " says.",
      "A tenth of the reviews is held out for validation, unless --validation-split (0 for none) or"
          + " --validation-indicator-col says otherwise.",
      "Until the model is finished, a checkpoint lies beside --model; --resume goes on from it."
    })
public final class TrainCommand implements Callable<Integer>, ConfiguredCommand {
  private static final String SAMPLE = "sample.properties";
  private static final List<String> EITHER =
      List.of("--validation-(split|indicator-col)(=.*)?", "--test-(split|input)(=.*)?");

  private final Environment environment;
  private final TrainingStages stages = new TrainingStages();
  private String configName;
  private Set<String> given = Set.of();

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private TrainingInputOptions input;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      converter = Task.Names.class,
      description =
          "what is learned: classify (a label for each review), regress (a number for each), tag"
              + " (a label for each word), language-model (what word or character comes next; no"
              + " labels needed), forecast (what comes after the values of a time series),"
              + " translate (a text in another language) or transcribe (labels in their order from"
              + " vectors or audio) (default: classify, or regress for a --loss of numbers)")
  private Task task;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "properties file whose keys are option names; looked for here, then in the project's"
              + " conf/; the command line wins")
  private List<String> configs = List.of();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "directory of the model, on any Hadoop file system (default: models/ and the name of the"
              + " configuration or of the input, which is replaced)")
  private String model;

  @Option(
      names = "--overwrite",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "replace the model that --model names")
  private boolean overwrite;

  @Option(
      names = "--dry-run",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "read and count the reviews, measure this machine, print what the training needs and how"
              + " long it takes; trains nothing and writes nothing")
  private boolean dryRun;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "write epochs, evaluation and the parameters' SHA-256 as JSON")
  private Path metrics;

  TrainCommand(Environment environment) {
    this.environment = environment;
  }

  /** Returns the command's line with the options of all stages. */
  public static CommandLine line(Environment environment) {
    TrainCommand command = new TrainCommand(environment);
    CommandLine line = new CommandLine(command);
    command.stages.addOptions(line.getCommandSpec());
    return line;
  }

  @Override
  public List<String> withConfiguration(List<String> given, CommandLine command) {
    this.given = options(given);
    List<String> files = ConfigFile.named(given);
    if (files.isEmpty() && given.stream().noneMatch(a -> a.matches("--input(=.*)?"))) {
      files = List.of(SAMPLE);
    }
    List<String> all = new ArrayList<>();
    for (String file : files) {
      ConfigFile config = ConfigFile.find(file, environment.home());
      override(all, config.arguments(command));
      configName = config.name();
    }
    override(all, given);
    return all;
  }

  /** Returns the names of the options among arguments. */
  private static Set<String> options(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.startsWith("--"))
        .map(argument -> argument.substring(2).replaceFirst("=.*", ""))
        .collect(Collectors.toSet());
  }

  /** Two options say which rows are held out; the one that comes later stands for both. */
  private static void override(List<String> arguments, List<String> later) {
    for (String either : EITHER) {
      if (later.stream().anyMatch(argument -> argument.matches(either))) {
        arguments.removeIf(argument -> argument.matches(either));
      }
    }
    arguments.addAll(later);
  }

  @Override
  public Integer call() throws IOException {
    stages.apply(spec.commandLine().getParseResult(), task);
    OptionChecks.path("--model", model);
    input.check();
    stages.check();
    stages.checkRead(given);
    input.checkRead(given);
    Progress progress = new Progress(System.err, environment.terminal(), common.quiet());
    try {
      if (dryRun) {
        foresee(progress);
      } else {
        train(progress);
      }
    } finally {
      progress.finish();
    }
    return 0;
  }

  private void train(Progress progress) throws IOException {
    MetricsFile metricsFile = MetricsFile.at(metrics);
    try (SparkSession spark = Sessions.open("train", common);
        ExecutorWatch watch =
            ExecutorWatch.over(spark.sparkContext(), "its shards", progress::say);
        AtomicOutput target = open(spark.sparkContext().hadoopConfiguration())) {
      stages.startFrom(spark);
      new TrainingJob(spark, stages, input, target, progress).run(metricsFile);
    }
  }

  private void foresee(Progress progress) throws IOException {
    try (SparkSession spark = Sessions.open("train", common)) {
      checkPlaces(spark.sparkContext().hadoopConfiguration());
      stages.startFrom(spark);
      new DryRun(spark, stages, input, progress).run(System.out);
    }
  }

  private AtomicOutput open(Configuration conf) {
    checkPlaces(conf);
    return AtomicOutput.open(OutputKind.MODEL, modelPath(), conf, overwrite || model == null);
  }

  private void checkPlaces(Configuration conf) {
    String path = modelPath();
    Places places = new Places(conf);
    input.addTo(places);
    places
        .reading("initial model", stages.estimator().getInitialModel())
        .reading("pretrained vectors", stages.estimator().getPretrainedVectors())
        .writing("model", path)
        .writing("checkpoint", Checkpoints.path(path))
        .writingFile("metrics file", metrics);
  }

  private String modelPath() {
    return model != null ? model : "models/" + (configName != null ? configName : input.name());
  }
}

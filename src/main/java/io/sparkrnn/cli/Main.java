package io.sparkrnn.cli;

import io.sparkrnn.cli.options.ConfiguredCommand;
import io.sparkrnn.cli.options.OptionNames;
import io.sparkrnn.cli.options.OptionWording;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.cli.session.Explanation;
import io.sparkrnn.cli.session.Failures;
import io.sparkrnn.cli.session.ProcessExit;
import io.sparkrnn.spark.input.InputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Entry point: hands the arguments to the command that the first of them names. */
public final class Main {
  private Main() {}

  /** Runs a command and exits with its code: 0 success, 1 a failure, 2 bad usage or bad input. */
  public static void main(String[] arguments) {
    ProcessExit.with(run(arguments, Environment.ofProcess()));
  }

  /** Runs a command and returns its exit code. */
  public static int run(String[] arguments, Environment environment) {
    Map<String, Supplier<CommandLine>> commands = commands(environment);
    if (arguments.length == 0 || !commands.containsKey(arguments[0])) {
      System.err.println(
          "error: the first argument must be one of " + String.join(", ", commands.keySet()));
      return Explanation.BAD_INPUT;
    }
    CommandLine command = commands.get(arguments[0]).get();
    command.getCommandSpec().name("submit/" + arguments[0]);
    OptionWording.registerTypes(command);
    command
        .setParameterExceptionHandler(Failures::usage)
        .setExecutionExceptionHandler(Failures::execution)
        .setOverwrittenOptionsAllowed(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setUsageHelpLongOptionsMaxWidth(34);
    List<String> given =
        Arrays.stream(arguments).skip(1).map(OptionNames::canonicalArgument).toList();
    try {
      List<String> all =
          command.getCommand() instanceof ConfiguredCommand configured
              ? configured.withConfiguration(given, command)
              : given;
      return command.execute(all.toArray(String[]::new));
    } catch (InputException | Error e) { // errors: no memory, and Hadoop's FSError of a full disk
      return Failures.report(e, command);
    }
  }

  static Map<String, Supplier<CommandLine>> commands(Environment environment) {
    Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
    commands.put("train", () -> TrainCommand.line(environment));
    commands.put("evaluate", () -> new CommandLine(new EvaluateCommand()));
    commands.put("score", () -> new CommandLine(new ScoreCommand(environment)));
    commands.put("predict", () -> new CommandLine(new PredictCommand()));
    commands.put("generate", () -> new CommandLine(new GenerateCommand()));
    commands.put("bench", () -> new CommandLine(new BenchCommand()));
    return commands;
  }
}

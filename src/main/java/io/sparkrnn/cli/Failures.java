package io.sparkrnn.cli;

import io.sparkrnn.io.ModelFormatException;
import io.sparkrnn.spark.InputException;
import io.sparkrnn.spark.ReviewReader;
import io.sparkrnn.train.TrainingException;
import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import picocli.CommandLine;

/**
 * Turns exceptions into one line and an exit code: 2 for what the user gave, 1 for what went wrong.
 * Only what nobody foresaw, a bug, prints its stack trace.
 */
final class Failures {
  /** Exit code of bad usage and bad input. */
  static final int BAD_INPUT = 2;

  /** Exit code of a failure. */
  static final int FAILURE = 1;

  private Failures() {}

  /** Prints a usage error and returns its exit code. */
  static int usage(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String message = Wording.ofUsage(oneLine(e.getMessage()));
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      message = unmatched(unmatched.getUnmatched().get(0), command);
    }
    command.getErr().println("error: " + lowerCase(message) + help(command));
    return BAD_INPUT;
  }

  private static String unmatched(String first, CommandLine command) {
    if (!first.startsWith("-")) {
      return "unexpected argument " + first;
    }
    String option = first.replaceFirst("=.*", "");
    return Nearest.option(option.replaceFirst("^-+", ""), command)
        .map(nearest -> "unknown option " + option + "; did you mean --" + nearest + "?")
        .orElse("unknown option " + option);
  }

  /** Prints the error of a command that ran and returns its exit code. */
  static int execution(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    InputException explained = ReviewReader.explain(e);
    if (explained != null) {
      err.println("error: " + Wording.ofStages(oneLine(explained.getMessage()), command));
      return BAD_INPUT;
    }
    for (Throwable cause : causes(e)) {
      if (cause instanceof ModelFormatException) {
        err.println("error: " + oneLine(cause.getMessage()));
        return BAD_INPUT;
      }
      if (cause instanceof TrainingException) {
        err.println("error: " + Wording.ofStages(oneLine(cause.getMessage()), command));
        return FAILURE;
      }
    }
    Throwable root = causes(e).get(causes(e).size() - 1);
    if (isForeseen(e) || isForeseen(root)) {
      err.println("error: " + lowerCase(oneLine(isForeseen(e) ? e.getMessage() : describe(root))));
      return e instanceof AnalysisException ? BAD_INPUT : FAILURE;
    }
    err.println("error: this is a bug in spark-rnn, please report it with these lines");
    e.printStackTrace(err);
    return FAILURE;
  }

  private static boolean isForeseen(Throwable e) {
    return e instanceof AnalysisException
        || e instanceof FileNotFoundException
        || e instanceof FileSystemException
        || e instanceof AccessControlException
        || (e instanceof SparkException && e.getMessage().contains("cancelled"));
  }

  private static String describe(Throwable e) {
    return e instanceof FileSystemException
        ? e.getClass().getSimpleName() + " " + e.getMessage()
        : e.getMessage();
  }

  private static List<Throwable> causes(Throwable e) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = e; cause != null && seen.add(cause); cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  private static String oneLine(String message) {
    return message == null ? "no message" : message.strip().split("\\R")[0].strip();
  }

  private static String lowerCase(String message) {
    boolean word = message.length() > 1 && Character.isLowerCase(message.charAt(1));
    return word ? Character.toLowerCase(message.charAt(0)) + message.substring(1) : message;
  }

  private static String help(CommandLine command) {
    return " (" + command.getCommandSpec().qualifiedName() + " --help lists the options)";
  }
}

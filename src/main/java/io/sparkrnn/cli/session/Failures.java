package io.sparkrnn.cli.session;

import io.sparkrnn.cli.options.NearestOption;
import io.sparkrnn.cli.options.OptionWording;
import java.io.PrintWriter;
import org.apache.hadoop.util.ShutdownHookManager;
import picocli.CommandLine;

/**
 * Turns exceptions into one line and an exit code: 2 for what the user gave, 1 for what went wrong.
 * Only what nobody foresaw, a bug, prints its stack trace.
 */
public final class Failures {
  private Failures() {}

  /** Prints a usage error and returns its exit code. */
  public static int usage(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String message = OptionWording.ofUsage(oneLine(e.getMessage()));
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      message = unmatched(unmatched.getUnmatched().get(0), command);
    }
    command.getErr().println("error: " + lowerCase(message) + help(command));
    return Explanation.BAD_INPUT;
  }

  private static String unmatched(String first, CommandLine command) {
    if (!first.startsWith("-")) {
      return "unexpected argument " + first;
    }
    String option = first.replaceFirst("=.*", "");
    return NearestOption.option(option.replaceFirst("^-+", ""), command)
        .map(nearest -> "unknown option " + option + "; did you mean --" + nearest + "?")
        .orElse("unknown option " + option);
  }

  /** Prints the error of a command that ran and returns its exit code. */
  public static int execution(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    return report(e, command);
  }

  /** Prints what ended a command and returns its exit code. */
  public static int report(Throwable failure, CommandLine command) {
    PrintWriter err = command.getErr();
    Explanation explanation = Explanation.of(failure);
    if (explanation != null) {
      err.println("error: " + OptionWording.ofStages(explanation.message(), command));
      return explanation.exitCode();
    }
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      err.println("error: stopped before it was done"); // Spark stopped under the command
      return Explanation.FAILURE;
    }
    err.println("error: this is a bug in spark-rnn, please report it with these lines");
    failure.printStackTrace(err);
    err.flush();
    return Explanation.FAILURE;
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

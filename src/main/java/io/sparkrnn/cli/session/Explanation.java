package io.sparkrnn.cli.session;

import io.sparkrnn.cli.output.WriteFailure;
import io.sparkrnn.io.ModelFormatException;
import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.ReviewReader;
import io.sparkrnn.train.TrainingException;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/**
 * What there is to say of a failure that somebody foresaw; of a bug there is nothing.
 *
 * @param message one line for the user
 * @param exitCode 2 for what the user gave, 1 for what went wrong
 */
public record Explanation(String message, int exitCode) {
  private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  /** Makes sure that nothing a message quotes, such as a name in a file, moves the cursor. */
  public Explanation {
    message = NOT_SHOWN.matcher(message).replaceAll("?");
  }

  /** Exit code of bad usage and bad input. */
  public static final int BAD_INPUT = 2;

  /** Exit code of a failure. */
  static final int FAILURE = 1;

  private static final String RAISED = "USER_RAISED_EXCEPTION";
  private static final Pattern CANCELLED =
      Pattern.compile("cancelled|SparkContext was shut down|Master removed our application");

  /** Returns the explanation of a failure, or null when it is a bug. */
  static Explanation of(Throwable failure) {
    List<Throwable> causes = FailureReason.causes(failure);
    Explanation said = first(causes, Explanation::ofOurs);
    if (said == null) {
      said = SettingFailures.explain(causes);
    }
    InputException input = said == null ? ReviewReader.explain(failure) : null;
    if (input != null) {
      return new Explanation(oneLine(input), BAD_INPUT);
    }
    if (said == null) {
      said = first(causes, Explanation::ofSparks);
    }
    if (said != null) {
      return said;
    }
    Throwable root = causes.get(causes.size() - 1);
    boolean foreseen = root instanceof IOException && !(root instanceof ObjectStreamException);
    return foreseen ? new Explanation(written(causes) + io(root), FAILURE) : null;
  }

  /** What could not be written, which file systems do not say; empty when nothing was. */
  private static String written(List<Throwable> causes) {
    return causes.stream()
        .filter(WriteFailure.class::isInstance)
        .map(failure -> failure.getMessage() + ": ")
        .findFirst()
        .orElse("");
  }

  private static Explanation first(
      List<Throwable> causes, Function<Throwable, Explanation> explaining) {
    return causes.stream().map(explaining).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static Explanation ofOurs(Throwable cause) {
    if (cause instanceof InputException || cause instanceof ModelFormatException) {
      return new Explanation(oneLine(cause), BAD_INPUT);
    }
    return cause instanceof TrainingException ? new Explanation(oneLine(cause), FAILURE) : null;
  }

  private static Explanation ofSparks(Throwable cause) {
    if (cause instanceof AnalysisException || isRaised(cause)) {
      return new Explanation(ofSpark(cause.getMessage()), BAD_INPUT);
    } else if (cause instanceof OutOfMemoryError) {
      String what = "out of memory (" + oneLine(cause) + ")";
      return new Explanation(
          what + "; give the driver more, such as SPARK_RNN_DRIVER_MEMORY=8g", FAILURE);
    }
    return cause instanceof SparkException ? ofStages(cause) : null;
  }

  /** Whether a value did not fit, which the table that is written says itself. */
  private static boolean isRaised(Throwable cause) {
    return cause instanceof SparkThrowable spark && RAISED.equals(spark.getCondition());
  }

  private static Explanation ofStages(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    Explanation executors = StageFailures.explain(message);
    return executors == null && CANCELLED.matcher(oneLine(cause)).find()
        ? new Explanation(ofSpark(message), FAILURE)
        : executors;
  }

  /** Returns the first line of a message of Spark's without the name of its condition. */
  static String ofSpark(String message) {
    String plain = message == null ? "" : message.replaceFirst("^\\[[A-Z0-9_.]+] ", "");
    return FailureReason.of(new IOException(plain))
        .replaceFirst(" SQLSTATE: \\w+$", "")
        .replaceFirst("\\.$", "");
  }

  private static String io(Throwable root) {
    String reason = FailureReason.of(root);
    return reason.contains("no space left")
        ? reason + "; free some where the output is, and where spark.local.dir is"
        : reason;
  }

  /** Returns the first line of a message, empty without one. */
  static String oneLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? "" : message.strip().lines().findFirst().orElse("").strip();
  }
}

package io.sparkrnn.cli.session;

import io.sparkrnn.io.ModelFormatException;
import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.ReviewReader;
import io.sparkrnn.train.TrainingException;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.util.List;
import java.util.regex.Matcher;
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
  /** Exit code of bad usage and bad input. */
  public static final int BAD_INPUT = 2;

  /** Exit code of a failure. */
  static final int FAILURE = 1;

  private static final Pattern LOST =
      Pattern.compile("ExecutorLostFailure \\(.*?\\)(?: Reason: ([^.\\n]*))?");
  private static final Pattern CANCELLED =
      Pattern.compile("cancelled|SparkContext was shut down|Master removed our application");
  private static final Pattern SETTING =
      Pattern.compile("INVALID_CONF_VALUE.*|CODEC_NOT_AVAILABLE.*|USER_RAISED_EXCEPTION");

  /** Returns the explanation of a failure, or null when it is a bug. */
  static Explanation of(Throwable failure) {
    List<Throwable> causes = FailureReason.causes(failure);
    InputException input = ReviewReader.explain(failure);
    if (input != null) {
      return new Explanation(oneLine(input), BAD_INPUT);
    }
    for (Throwable cause : causes) {
      Explanation explanation = ofOne(cause);
      if (explanation != null) {
        return explanation;
      }
    }
    Throwable root = causes.get(causes.size() - 1);
    boolean foreseen = root instanceof IOException && !(root instanceof ObjectStreamException);
    return foreseen ? new Explanation(io(root), FAILURE) : null;
  }

  private static Explanation ofOne(Throwable cause) {
    if (cause instanceof ModelFormatException) {
      return new Explanation(oneLine(cause), BAD_INPUT);
    } else if (cause instanceof TrainingException) {
      return new Explanation(oneLine(cause), FAILURE);
    } else if (cause instanceof AnalysisException || isSetting(cause)) {
      return new Explanation(ofSpark(cause.getMessage()), BAD_INPUT);
    } else if (cause instanceof OutOfMemoryError) {
      String what = "out of memory (" + oneLine(cause) + ")";
      return new Explanation(
          what + "; give the driver more, such as SPARK_RNN_DRIVER_MEMORY=8g", FAILURE);
    }
    return cause instanceof SparkException ? ofExecutors(cause) : null;
  }

  /** Spark reads some settings late, in the middle of a job. */
  private static boolean isSetting(Throwable cause) {
    return oneLine(cause).startsWith("Illegal value for config key")
        || (cause instanceof SparkThrowable spark
            && spark.getCondition() != null
            && SETTING.matcher(spark.getCondition()).matches());
  }

  private static Explanation ofExecutors(Throwable cause) {
    String message = oneLine(cause);
    Matcher lost = LOST.matcher(message);
    if (lost.find()) {
      String reason = lost.group(1) == null ? "no reason given" : lost.group(1);
      return new Explanation(
          "executors were lost: "
              + reason
              + "; their logs say why, and spark.executor.memory gives them more memory",
          FAILURE);
    }
    return CANCELLED.matcher(message).find()
        ? new Explanation(ofSpark(cause.getMessage()), FAILURE)
        : null;
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

  private static String oneLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? "" : message.strip().lines().findFirst().orElse("").strip();
  }
}

package io.sparkrnn.cli.session;

import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.training.ResultSize;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;

/**
 * Failures that settings of Spark or Hadoop cause: a value that is none, a limit that is too small,
 * a class that no jar has. Spark reads many of them late, in the middle of a job.
 */
final class SettingFailures {
  private static final Pattern CONDITIONS =
      Pattern.compile("INVALID_CONF_VALUE.*|CODEC_\\w+|CATALOG_NOT_FOUND|DATA_SOURCE_NOT_FOUND");
  private static final Pattern VALUE =
      Pattern.compile("(?:.* )?Illegal value for config key .*|.*\\[CODEC_[\\w.]+].*");
  private static final String OLD_CALENDAR = "INCONSISTENT_BEHAVIOR_CROSS_VERSION";
  private static final Pattern UNREGISTERED = Pattern.compile("Class is not registered: (\\S+)");
  private static final Pattern MISSING_CLASS =
      Pattern.compile("(?:Class )?([\\w$./]+)(?: not found)?");
  private static final Pattern NATIVE =
      Pattern.compile(
          "(?i)(?:.*\\bnative \\S+ library not available.*|.*no \\S+ in java.library.*)");
  private static final Pattern NAMED = Pattern.compile("(?<![\\w.])spark(?:\\.[A-Za-z]\\w*){2,}");
  private static final String OURS = "io.sparkrnn.";

  private SettingFailures() {}

  /**
   * Returns the explanation of a failure, or null when no setting is to blame.
   *
   * @param causes the failure and its causes, the last of them at the end. Not modified.
   */
  static Explanation explain(List<Throwable> causes) {
    for (int i = causes.size() - 1; i >= 0; i--) {
      Explanation explanation = ofOne(causes.get(i));
      if (explanation != null) {
        return explanation;
      }
    }
    return null;
  }

  private static Explanation ofOne(Throwable cause) {
    String message = Explanation.oneLine(cause);
    if (isValue(cause, message)) {
      return badInput(Explanation.ofSpark(cause.getMessage()));
    } else if (cause instanceof SparkThrowable spark && isOf(spark, OLD_CALENDAR)) {
      return ofOldDates(spark);
    } else if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
      return ofMissingClass(message);
    }
    Matcher unregistered = UNREGISTERED.matcher(message);
    if (unregistered.find()) {
      return badInput(
          "Kryo refuses class %s, which is not registered; set spark.kryo.registrationRequired=false"
              .formatted(unregistered.group(1)));
    }
    return NATIVE.matcher(message).matches() ? badInput(FailureReason.of(cause)) : ofLimit(message);
  }

  private static boolean isValue(Throwable cause, String message) {
    return VALUE.matcher(message).matches()
        || (cause instanceof SparkThrowable spark
            && spark.getCondition() != null
            && CONDITIONS.matcher(spark.getCondition()).matches());
  }

  private static boolean isOf(SparkThrowable failure, String condition) {
    return failure.getCondition() != null && failure.getCondition().startsWith(condition);
  }

  /** Dates before 1582 and times before 1900, of which Spark 2 had another notion. */
  private static Explanation ofOldDates(SparkThrowable failure) {
    String setting = failure.getMessageParameters().get("config");
    return setting == null
        ? badInput(Explanation.ofSpark(((Throwable) failure).getMessage()))
        : badInput(
            "there are dates before 1582 or times before 1900, which old versions of Spark count"
                + " differently; set "
                + setting.replace("\"", "")
                + "=CORRECTED to keep them as they are, or LEGACY to convert them");
  }

  private static Explanation ofMissingClass(String message) {
    Matcher named = MISSING_CLASS.matcher(message);
    String name = named.matches() ? named.group(1).replace('/', '.') : message;
    return name.startsWith(OURS)
        ? null
        : badInput(
            "there is no class "
                + name
                + "; add the jar that has it, such as by --conf spark.jars=FILE, or change the"
                + " setting that asks for it");
  }

  private static Explanation ofLimit(String message) {
    ResultSize size = ResultSize.of(message);
    if (size != null) {
      return new Explanation(
          "the results of %d of the tasks took %s %s, more than spark.driver.maxResultSize allows (%s); raise it, or set it to 0 for no limit"
              .formatted(size.tasks(), size.size(), size.unit(), size.limit()),
          Explanation.FAILURE);
    }
    return NAMED.matcher(message).find()
        ? new Explanation(
            Explanation.ofSpark(message.replaceFirst("^Job aborted [^:]*: ", "")),
            Explanation.FAILURE)
        : null;
  }

  private static Explanation badInput(String message) {
    return new Explanation(message, Explanation.BAD_INPUT);
  }
}

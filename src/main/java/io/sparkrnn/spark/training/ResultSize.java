package io.sparkrnn.spark.training;

import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.train.TrainingException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The results of tasks that were too large for {@code spark.driver.maxResultSize}, as Spark says it
 * when it gives up.
 *
 * @param tasks how many there were until then
 * @param size what they took, in units
 * @param unit such as {@code MiB}
 * @param limit what is allowed, and its unit
 */
public record ResultSize(int tasks, double size, String unit, String limit) {
  private static final Pattern PASSED =
      Pattern.compile(
          "results of (\\d+) tasks \\(([\\d.]+) (\\w+)\\) is bigger than"
              + " spark\\.driver\\.maxResultSize \\((.*?)\\)");

  /** Returns what a message of Spark's says, or null when it is about something else. */
  public static ResultSize of(String message) {
    Matcher passed = PASSED.matcher(String.valueOf(message));
    return passed.find()
        ? new ResultSize(
            Integer.parseInt(passed.group(1)),
            Double.parseDouble(passed.group(2)),
            passed.group(3),
            passed.group(4))
        : null;
  }

  /**
   * Returns a failure that is about the size of results in the words of a training, null for
   * others.
   *
   * @param tasks how many results there would have been, all of one size
   */
  static TrainingException explained(Exception failure, int tasks) {
    for (Throwable cause : FailureReason.causes(failure)) {
      ResultSize passed = of(cause.getMessage());
      if (passed != null) {
        return new TrainingException(
            String.format(
                Locale.ROOT,
                "the results of %d tasks need a spark.driver.maxResultSize of %.0f %s, got %s; set"
                    + " it higher or to 0, or have executors average with a higher aggregationDepth",
                tasks,
                Math.ceil(passed.size / passed.tasks * tasks),
                passed.unit,
                passed.limit),
            failure);
      }
    }
    return null;
  }
}

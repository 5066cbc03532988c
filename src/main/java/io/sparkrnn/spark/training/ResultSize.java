package io.sparkrnn.spark.training;

import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.train.TrainingException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says how large the results of a round are when they are too large for the driver's setting. */
final class ResultSize {
  private static final Pattern PASSED =
      Pattern.compile(
          "results of (\\d+) tasks \\(([\\d.]+) (\\w+)\\) is bigger than"
              + " spark\\.driver\\.maxResultSize \\((.*?)\\)");

  private ResultSize() {}

  /**
   * Returns a failure that is about the size of results in the words of a training, null for
   * others.
   *
   * @param tasks how many results there would have been, all of one size
   */
  static TrainingException explained(Exception failure, int tasks) {
    for (Throwable cause : FailureReason.causes(failure)) {
      Matcher passed = PASSED.matcher(String.valueOf(cause.getMessage()));
      if (passed.find()) {
        double each = Double.parseDouble(passed.group(2)) / Integer.parseInt(passed.group(1));
        return new TrainingException(
            String.format(
                Locale.ROOT,
                "the results of %d tasks need a spark.driver.maxResultSize of %.0f %s, got %s; set"
                    + " it higher or to 0, or have executors average with a higher aggregationDepth",
                tasks,
                Math.ceil(each * tasks),
                passed.group(3),
                passed.group(4)),
            failure);
      }
    }
    return null;
  }
}

package io.sparkrnn.spark.input;

import java.io.IOException;
import java.util.Map;
import org.apache.spark.SparkThrowable;

/** Tells failures that damaged input causes from all others. */
final class InputFailures {
  private static final String READ_FAILED = "FAILED_READ_FILE";
  private static final String TYPES_DIFFER = "CANNOT_MERGE_INCOMPATIBLE_DATA_TYPE";

  private InputFailures() {}

  /** Returns the explanation of a failure, null when the input is not to blame. */
  static InputException explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InputException input) {
        return input;
      }
      if (cause instanceof SparkThrowable spark && isReadFailure(spark)) {
        String path = spark.getMessageParameters().getOrDefault("path", "the input");
        return new InputException(
            "cannot read " + path + ": " + reason(cause) + "; the file is damaged", failure);
      }
    }
    return null;
  }

  /**
   * Returns the explanation, or the failure itself when there is none. Spark throws checked
   * exceptions without declaring them; they are wrapped.
   */
  static RuntimeException orElse(Exception failure) {
    InputException explained = explain(failure);
    if (explained != null) {
      return explained;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure.getMessage(), failure);
  }

  /** Returns the explanation of a failure to read what files tell of themselves. */
  static RuntimeException ofFiles(Exception failure, String path) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable spark && TYPES_DIFFER.equals(spark.getCondition())) {
        return typesDiffer(spark.getMessageParameters(), path, failure);
      }
      if (cause instanceof IOException && explain(failure) == null) {
        return new InputException(
            "cannot read " + path + ": " + reason(failure) + "; a file is damaged", failure);
      }
    }
    return orElse(failure);
  }

  private static InputException typesDiffer(
      Map<String, String> types, String path, Exception failure) {
    return new InputException(
        "a column must be of the same type in all files of %s, got %s and %s"
            .formatted(path, types.get("left"), types.get("right")),
        failure);
  }

  private static boolean isReadFailure(SparkThrowable failure) {
    String condition = failure.getCondition();
    return condition != null && condition.startsWith(READ_FAILED);
  }

  private static String reason(Throwable failure) {
    return failure.getCause() == null ? "it cannot be decoded" : FailureReason.of(failure);
  }
}

package io.sparkrnn.spark.input;

import io.sparkrnn.spark.files.InputFailures;
import io.sparkrnn.train.TrainingException;

/** Finds what a failed task said to the user inside what Spark says of it. */
public final class TaskFailures {
  private TaskFailures() {}

  /**
   * Returns an exception with what the task said to the user, if it did; else the failure itself,
   * which may be anything from a lost executor to a bug.
   *
   * @param failure what Spark threw, which may be a checked exception that nothing declares
   */
  public static RuntimeException explained(Exception failure) {
    for (Throwable cause : FailureReason.causes(failure)) {
      if (cause instanceof TrainingException) {
        return new TrainingException(cause.getMessage(), failure);
      }
    }
    return InputFailures.orElse(failure);
  }
}

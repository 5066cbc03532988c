package io.sparkrnn.spark;

import io.sparkrnn.train.TrainingException;

/** Finds what a failed task said inside what Spark says of it. */
final class TaskFailures {
  private TaskFailures() {}

  /**
   * Returns an exception with the message of the root cause; the original is its cause.
   *
   * @param failure what Spark threw, which may be a checked exception that nothing declares
   */
  static RuntimeException explained(Exception failure) {
    InputException input = ReviewReader.explain(failure);
    if (input != null) {
      return input;
    }
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    boolean plain = root instanceof TrainingException || root instanceof InputException;
    return new TrainingException(plain ? root.getMessage() : "training failed: " + root, failure);
  }
}

package io.sparkrnn.train;

/** Training cannot go on; the message says where, why and what to try. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message for the user. */
  public TrainingException(String message) {
    super(message);
  }

  /** Creates the exception with a message for the user and what caused it. */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.sparkrnn.spark.input;

/**
 * Says that the input cannot be used as it is: in one line what is wrong and what to do.
 *
 * <p>The command line prints the message alone and exits with code 2.
 */
public final class InputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** An exception with a one-line message. */
  public InputException(String message) {
    super(message);
  }

  /** An exception with a one-line message, and what was behind it. */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}

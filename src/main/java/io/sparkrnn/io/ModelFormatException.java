package io.sparkrnn.io;

import java.io.IOException;

/**
 * A file of a model or checkpoint is missing, damaged or not for this version; the message says
 * which.
 */
public class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1;

  /** Creates the exception; the message names the file, the rule and what was found. */
  public ModelFormatException(String message) {
    super(message);
  }

  /** Creates the exception with the failure that revealed the damage. */
  public ModelFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.sparkrnn.io;

/** A file was written by a newer version, in a format this one cannot read. */
public final class NewerVersionException extends ModelFormatException {
  private static final long serialVersionUID = 1;

  /** Creates the exception; the message names the file and both versions. */
  public NewerVersionException(String message) {
    super(message);
  }
}

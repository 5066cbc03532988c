package io.sparkrnn.io;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * A file of a model or checkpoint is missing, damaged or not for this version; the message says
 * which.
 *
 * <p>The message is one line of moderate length, whatever it quotes: a file that cannot be trusted
 * must not write to a log or terminal what it likes.
 */
public class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST = 500;
  private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  /** Creates the exception; the message names the file, the rule and what was found. */
  public ModelFormatException(String message) {
    super(oneLine(message));
  }

  /** Creates the exception with the failure that revealed the damage. */
  public ModelFormatException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  private static String oneLine(String message) {
    String shown = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + " ...";
    return NOT_SHOWN.matcher(shown).replaceAll("?");
  }
}

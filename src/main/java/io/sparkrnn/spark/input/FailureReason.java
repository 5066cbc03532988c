package io.sparkrnn.spark.input;

import java.io.EOFException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Says in one line and without the names of Java's classes why something failed. */
public final class FailureReason {
  private static final Pattern CLASS_NAME =
      Pattern.compile("^(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error): ");
  private static final Pattern SENTENCE = Pattern.compile("^[A-Z][a-z]* (?!\\()");

  private static final Pattern HADOOPS = Pattern.compile("^Class (\\S+) not found$");

  private FailureReason() {}

  /** Returns the reason that the last of a failure's causes gives. */
  public static String of(Throwable failure) {
    List<Throwable> causes = causes(failure);
    Throwable root = causes.get(causes.size() - 1);
    String message = firstLine(root);
    if (message.isEmpty()) {
      return root instanceof EOFException ? "end of file" : words(root);
    } else if (root instanceof NoSuchFileException) {
      return message + " does not exist";
    } else if (root instanceof AccessDeniedException) {
      return "access to " + message + " is denied";
    } else if (root instanceof FileAlreadyExistsException) {
      return message + " exists already";
    } else if (root instanceof FileSystemException file && file.getReason() == null) {
      return message + ": " + words(root);
    } else if (root instanceof UnknownHostException && !message.contains(" ")) {
      return "unknown host " + message;
    } else if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
      String name = HADOOPS.matcher(message).replaceFirst("$1");
      return "there is no class " + name.replace('/', '.');
    }
    return lowerCase(CLASS_NAME.matcher(message).replaceFirst(""));
  }

  /** Returns a failure and its causes, the last of them at the end. */
  public static List<Throwable> causes(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? "" : message.strip().lines().findFirst().orElse("").strip();
  }

  /** An exception without a message: what the name of its class says. */
  private static String words(Throwable failure) {
    String name = failure.getClass().getSimpleName().replaceFirst("(Exception|Error)$", "");
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  /** Begins a sentence with a small letter, but not what may be a name. */
  private static String lowerCase(String message) {
    return SENTENCE.matcher(message).find()
        ? Character.toLowerCase(message.charAt(0)) + message.substring(1)
        : message;
  }
}

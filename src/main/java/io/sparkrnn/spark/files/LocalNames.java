package io.sparkrnn.spark.files;

import io.sparkrnn.spark.input.InputException;
import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;

/** Names of local files that Hadoop or Java do not take as they are. */
public final class LocalNames {
  private static final String UTF_8_LOCALE =
      "; this process runs in a locale without such letters, set LC_ALL=C.UTF-8";

  private LocalNames() {}

  /**
   * Returns the path of an input, which may be a local file that has a colon in its name: Hadoop
   * takes what stands before one for a file system.
   *
   * @throws IllegalArgumentException when it is no path
   */
  public static Path path(String given) {
    try {
      return new Path(given);
    } catch (IllegalArgumentException e) {
      File local = new File(given);
      if (given.contains(":") && local.exists()) {
        return new Path(local.getAbsoluteFile().toURI());
      }
      throw e;
    }
  }

  /**
   * Checks that a directory can be written, which one that has a colon in its name cannot.
   *
   * @param what what is written, for the message
   * @throws InputException when it has one
   */
  public static void requireWritable(String what, String given) {
    boolean taken;
    try {
      taken = !new Path(given).getName().contains(":");
    } catch (IllegalArgumentException e) {
      taken = !given.contains(":");
    }
    if (!taken) {
      throw new InputException(
          "the name of %s %s has a colon, which is not possible; choose another"
              .formatted(what, given));
    }
  }

  /** Says what to do when a name has letters that the locale does not; else nothing. */
  static String spelling(String name) {
    Charset locale = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    boolean ascii = name.chars().allMatch(letter -> letter < 0x80 && letter != '?');
    return ascii || locale.equals(StandardCharsets.UTF_8) ? "" : UTF_8_LOCALE;
  }
}

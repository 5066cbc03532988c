package io.sparkrnn.cli.output;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Finds why nothing can be written at a local place, where Hadoop and Java say only that. */
final class Unwritable {
  private Unwritable() {}

  /**
   * Returns the reason, with a colon in front; empty when there seems to be none.
   *
   * @param place a file or directory that need not exist
   */
  static String reason(Path place) {
    Path folder = place.toAbsolutePath().getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (folder == null) {
      return "";
    } else if (!Files.isDirectory(folder)) {
      return ": " + folder + " is no directory";
    }
    try {
      Files.delete(Files.createTempFile(folder, ".", ".writing"));
      return "";
    } catch (IOException e) {
      return ": " + reason(e, folder);
    }
  }

  /** The reason without the name of the file that was tried. */
  private static String reason(IOException e, Path folder) {
    return e instanceof FileSystemException file && file.getReason() != null
        ? folder + ": " + file.getReason().toLowerCase(Locale.ROOT)
        : "access to " + folder + " is denied";
  }
}

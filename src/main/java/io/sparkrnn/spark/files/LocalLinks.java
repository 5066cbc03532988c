package io.sparkrnn.spark.files;

import io.sparkrnn.spark.input.InputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What local file systems have beside files: links, and names that Java cannot spell. Hadoop leaves
 * out of its listings what it cannot open, in silence.
 */
final class LocalLinks {
  private static final String LOCAL = "file";

  private LocalLinks() {}

  /** Returns where a path leads in the end, or the path when it is not local. */
  static Path real(Path path) throws IOException {
    return isLocal(path) ? new Path(local(path).toPath().toRealPath().toUri()) : path;
  }

  /**
   * Checks that a listing has all that a directory has.
   *
   * @throws InputException when something was left out
   */
  static void requireAll(Path directory, FileStatus[] listed) {
    String[] names = isLocal(directory) ? local(directory).list() : null;
    if (names == null) {
      return;
    }
    Set<String> known =
        Arrays.stream(listed).map(status -> status.getPath().getName()).collect(Collectors.toSet());
    for (String name : names) {
      if (!known.contains(name) && FileListing.isVisible(name)) {
        throw leftOut(new File(local(directory), name));
      }
    }
  }

  private static InputException leftOut(File file) {
    return new InputException(
        isLink(file)
            ? file + " is a link to what does not exist; fetch it or remove the link"
            : file
                + " is in its directory and cannot be opened"
                + LocalNames.spelling(file.getName()));
  }

  private static boolean isLink(File file) {
    try {
      return Files.isSymbolicLink(file.toPath());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Checks that no file comes twice.
   *
   * @throws InputException when one does
   */
  static void requireDistinct(List<FileStatus> files) throws IOException {
    if (files.stream()
        .noneMatch(file -> isLocal(file.getPath()) && isLink(local(file.getPath())))) {
      return;
    }
    Map<Path, Path> seen = new HashMap<>();
    for (FileStatus file : files) {
      Path other = seen.put(real(file.getPath()), file.getPath());
      if (other != null) {
        throw new InputException(
            other + " and " + file.getPath() + " are links to one file; remove one");
      }
    }
  }

  private static boolean isLocal(Path path) {
    return LOCAL.equals(path.toUri().getScheme());
  }

  private static File local(Path path) {
    return new File(path.toUri().getPath());
  }
}

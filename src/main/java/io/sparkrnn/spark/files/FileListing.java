package io.sparkrnn.spark.files;

import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Lists the files below a directory, each once and all of them: what cannot be read as files that
 * lie there is refused.
 */
final class FileListing {
  private final FileSystem files;
  private final boolean empty;
  private final List<FileStatus> found = new ArrayList<>();
  private final Set<Path> directories = new HashSet<>();

  private FileListing(FileSystem files, boolean empty) {
    this.files = files;
    this.empty = empty;
  }

  /**
   * Returns the files below a directory in the order of their paths, without those whose names
   * begin with a dot or an underscore.
   *
   * @param empty whether empty files are wanted
   * @throws IOException when a directory cannot be listed
   * @throws InputException when files would be left out or come twice, or belong to a table whose
   *     format says elsewhere which files count
   */
  static List<FileStatus> below(FileSystem files, Path directory, boolean empty)
      throws IOException {
    FileListing listing = new FileListing(files, empty);
    listing.collect(directory);
    listing.found.sort(Comparator.comparing(FileStatus::getPath));
    LocalLinks.requireDistinct(listing.found);
    return listing.found;
  }

  private void collect(Path directory) throws IOException {
    if (!directories.add(LocalLinks.real(directory))) {
      throw new InputException(
          directory + " leads to a directory that is read already; remove the link");
    }
    FileStatus[] all = files.listStatus(directory);
    TableLog.refuse(files, directory, all);
    LocalLinks.requireAll(directory, all);
    for (FileStatus status : all) {
      if (!isVisible(status.getPath().getName())) {
        continue;
      } else if (status.isDirectory()) {
        collect(status.getPath());
      } else if (empty || status.getLen() > 0) {
        found.add(status);
      }
    }
  }

  /** Spark and Hadoop put an underscore or a dot in front of what is no data. */
  static boolean isVisible(String name) {
    return !name.startsWith(".") && (!name.startsWith("_") || name.contains("="));
  }
}

package io.sparkrnn.spark.input;

import java.util.LinkedList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * The directories named COLUMN=VALUE above the files of an input.
 *
 * <p>Spark turns them into columns, but leaves out files that have none beside files that have
 * some, and columns above a directory that names none. Such inputs are refused.
 */
final class PartitionDirectories {
  private PartitionDirectories() {}

  /**
   * Checks that the directories of all files name the same columns.
   *
   * @param root not looked at itself, nor what is above it
   * @throws InputException when they do not, or when a column would be lost
   */
  static void check(Path root, List<FileStatus> files) {
    List<String> first = null;
    for (FileStatus file : files) {
      List<String> columns = columns(root, file.getPath());
      if (first != null && !first.equals(columns)) {
        throw new InputException(
            "the directories of %s and %s must name the same columns, got %s and %s"
                .formatted(files.get(0).getPath(), file.getPath(), names(first), names(columns)));
      }
      first = columns;
    }
  }

  /** Returns the columns that the directories between the root and a file name, in this order. */
  private static List<String> columns(Path root, Path file) {
    LinkedList<String> columns = new LinkedList<>();
    String other = null;
    for (Path up = file.getParent(); isBelow(up, root); up = up.getParent()) {
      String name = up.getName();
      if (!name.contains("=")) {
        other = columns.isEmpty() ? null : name;
      } else if (other != null) {
        throw new InputException(
            "directories that name columns must follow one another, got '%s' between them in %s"
                .formatted(other, file));
      } else {
        columns.addFirst(column(name, file));
      }
    }
    return columns;
  }

  /** Returns the columns that the directories of an input name. */
  static List<String> columns(InputPath input) {
    return columns(input.root(), input.files().get(0).getPath());
  }

  private static boolean isBelow(Path directory, Path root) {
    return directory != null && directory.depth() > root.depth();
  }

  private static String column(String directory, Path file) {
    int sign = directory.indexOf('=');
    if (sign == 0 || sign == directory.length() - 1) {
      throw new InputException(
          "directory '%s' in %s must be named COLUMN=VALUE".formatted(directory, file));
    }
    return ExternalCatalogUtils.unescapePathName(directory.substring(0, sign));
  }

  private static String names(List<String> columns) {
    return columns.isEmpty() ? "none" : "'" + String.join("', '", columns) + "'";
  }
}

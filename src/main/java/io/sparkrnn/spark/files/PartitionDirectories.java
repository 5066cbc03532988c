package io.sparkrnn.spark.files;

import io.sparkrnn.spark.input.InputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The directories named COLUMN=VALUE above the files of an input.
 *
 * <p>Spark turns them into columns, but leaves out files that have none beside files that have
 * some, and columns above a directory that names none. Such inputs are refused.
 */
public final class PartitionDirectories implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  private final List<String> names;
  private final List<DataType> types = new ArrayList<>();
  private final Map<String, Object[]> values = new HashMap<>();

  private PartitionDirectories(List<String> names) {
    this.names = names;
  }

  /**
   * Returns what the directories of an input say.
   *
   * @param typed whether values may be of other types than string: those whose spelling shows it
   */
  public static PartitionDirectories of(InputPath input, boolean typed) {
    PartitionDirectories directories =
        new PartitionDirectories(
            new ArrayList<>(columns(input.root(), input.files().get(0).getPath())));
    Map<String, List<String>> words = new LinkedHashMap<>();
    for (FileStatus file : input.files()) {
      Path parent = file.getPath().getParent();
      words.computeIfAbsent(parent.toString(), path -> words(parent, directories.names.size()));
    }
    words.forEach((path, found) -> directories.values.put(path, new Object[found.size()]));
    for (int i = 0; i < directories.names.size(); i++) {
      int column = i;
      List<String> ofColumn = new ArrayList<>();
      words.values().forEach(found -> ofColumn.add(found.get(column)));
      DataType type = typed ? WordType.of(ofColumn) : DataTypes.StringType;
      directories.types.add(type);
      words.forEach(
          (path, found) ->
              directories.values.get(path)[column] = WordType.value(found.get(column), type));
    }
    return directories;
  }

  /** The values that a directory and those above it give, the outermost first. */
  private static List<String> words(Path directory, int columns) {
    LinkedList<String> words = new LinkedList<>();
    Path up = directory;
    while (words.size() < columns) {
      int sign = up.getName().indexOf('=');
      if (sign >= 0) {
        String word = ExternalCatalogUtils.unescapePathName(up.getName().substring(sign + 1));
        words.addFirst(word.equals(NULL) ? null : word);
      }
      up = up.getParent();
    }
    return words;
  }

  /** The columns, the outermost first. */
  public List<String> names() {
    return names;
  }

  /** Returns a schema with these columns after others. */
  public StructType addTo(StructType schema) {
    StructType all = schema;
    for (int i = 0; i < names.size(); i++) {
      all = all.add(names.get(i), types.get(i));
    }
    return all;
  }

  /** The values of the columns for a file, as Spark keeps them. Not to be modified. */
  public Object[] values(String file) {
    return values.get(new Path(file).getParent().toString());
  }

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

package io.sparkrnn.cli.scoring;

import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.ReviewReader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Checks of the columns whose values become directories of an output. */
public final class PartitionColumns {
  private static final String OPTION = "--partition-by";

  private PartitionColumns() {}

  /**
   * Checks that an input has such columns, and that their values can be names of directories.
   *
   * @param input the columns of the input
   * @param textCol column of texts, which is none of them
   * @throws InputException when a column is missing, named twice or of no such type
   */
  public static void check(List<String> names, StructType input, String textCol) {
    for (String name : names) {
      if (names.indexOf(name) != names.lastIndexOf(name)) {
        throw new InputException("%s names column '%s' twice".formatted(OPTION, name));
      } else if (name.equals(textCol)) {
        throw new InputException(
            "%s must not name the column of texts, got '%s'".formatted(OPTION, name));
      } else if (name.equals(ReviewReader.REFUSED_COL)
          || !Arrays.asList(input.fieldNames()).contains(name)) {
        throw new InputException(
            "%s must name columns of the input, got '%s'; the columns are %s"
                .formatted(OPTION, name, names(input)));
      }
      DataType type = input.apply(name).dataType();
      if (!isName(type)) {
        throw new InputException(
            "%s needs strings, numbers, booleans, dates or times, got column '%s' of %s"
                .formatted(OPTION, name, type.simpleString()));
      }
    }
  }

  private static boolean isName(DataType type) {
    return type instanceof StringType
        || type instanceof NumericType
        || type instanceof BooleanType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  private static String names(StructType input) {
    return Arrays.stream(input.fieldNames())
        .filter(name -> !name.equals(ReviewReader.REFUSED_COL))
        .collect(Collectors.joining("', '", "'", "'"));
  }
}

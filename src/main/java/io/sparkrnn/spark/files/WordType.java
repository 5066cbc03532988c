package io.sparkrnn.spark.files;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Types of words in the names of directories: int, bigint, double or date, when all words of a
 * column are spelled as such a value is printed, so that {@code 01} stays as it is; else string.
 */
final class WordType {
  private static final List<DataType> TYPES =
      List.of(DataTypes.IntegerType, DataTypes.LongType, DataTypes.DoubleType, DataTypes.DateType);

  private WordType() {}

  /** Returns the type of words; null is of every type. */
  static DataType of(List<String> words) {
    List<String> given = words.stream().filter(word -> word != null).toList();
    return TYPES.stream()
        .filter(type -> !given.isEmpty() && given.stream().allMatch(word -> is(word, type)))
        .findFirst()
        .orElse(DataTypes.StringType);
  }

  /** Returns the value of a word of this type as Spark keeps it. */
  static Object value(String word, DataType type) {
    if (word == null || type.equals(DataTypes.StringType)) {
      return UTF8String.fromString(word);
    } else if (type.equals(DataTypes.IntegerType)) {
      return Integer.valueOf(word);
    } else if (type.equals(DataTypes.LongType)) {
      return Long.valueOf(word);
    } else if (type.equals(DataTypes.DoubleType)) {
      return Double.valueOf(word);
    }
    return (int) LocalDate.parse(word).toEpochDay();
  }

  private static boolean is(String word, DataType type) {
    try {
      Object value = value(word, type);
      boolean date = type.equals(DataTypes.DateType);
      return (date ? LocalDate.ofEpochDay((int) value) : value).toString().equals(word)
          && Character.isDigit(word.charAt(word.length() - 1));
    } catch (NumberFormatException | DateTimeParseException e) {
      return false;
    }
  }
}

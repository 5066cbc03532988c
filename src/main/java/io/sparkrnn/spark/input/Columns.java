package io.sparkrnn.spark.input;

import io.sparkrnn.nn.InputSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Checks of columns with the project's wording: the columns that exist, the type that was found.
 */
public final class Columns {
  private static final int SHOWN_CHARACTERS = 40;
  private static final String MARK = "io.sparkrnn.reasons";
  private static final Metadata MARKED = new MetadataBuilder().putBoolean(MARK, true).build();

  private Columns() {}

  /** Checks that there is such a column and that it holds strings. */
  public static void requireString(StructType schema, String name) {
    DataType type = type(schema, name);
    if (!(type instanceof StringType)) {
      throw wrongType(name, "string", type);
    }
  }

  /** Checks that there is such a column and that it holds arrays of strings. */
  public static void requireStrings(StructType schema, String name) {
    DataType type = type(schema, name);
    if (!(type instanceof ArrayType array && array.elementType() instanceof StringType)) {
      throw wrongType(name, "array<string>", type);
    }
  }

  /**
   * Checks that there is such a column and that it holds words: arrays of strings, or strings in
   * which blanks separate them.
   */
  public static void requireWords(StructType schema, String name) {
    if (!areWords(type(schema, name))) {
      throw wrongType(name, "array<string>, or string", type(schema, name));
    }
  }

  static boolean areWords(DataType type) {
    return type instanceof StringType
        || (type instanceof ArrayType array && array.elementType() instanceof StringType);
  }

  /** Checks that there is such a column and that it holds arrays of ints. */
  public static void requireInts(StructType schema, String name) {
    DataType type = type(schema, name);
    if (!(type instanceof ArrayType array && array.elementType() instanceof IntegerType)) {
      throw wrongType(name, "array<int>", type);
    }
  }

  /** Checks that there is such a column and that it holds arrays of whole numbers. */
  static void requireIds(StructType schema, String name) {
    DataType type = type(schema, name);
    if (!(type instanceof ArrayType array && isWhole(array.elementType()))) {
      throw wrongType(name, "array<int>", type);
    }
  }

  /** Checks that there is such a column and that it holds what a network reads. */
  public static void requireFeatures(StructType schema, String name, InputSpec input) {
    DataType type = type(schema, name);
    if (input instanceof InputSpec.Vectors) {
      requireVectors(name, type, input.size());
    } else if (areVectors(type)) {
      throw new InputException(
          "column '%s' must be array<int>, got %s; set vectorSize to train on vectors"
              .formatted(name, type.simpleString()));
    } else {
      requireIds(schema, name);
    }
  }

  private static void requireVectors(String name, DataType type, int size) {
    boolean areNumbers =
        type.equals(SQLDataTypes.VectorType())
            || type instanceof ArrayType array && array.elementType() instanceof NumericType;
    if (areNumbers && size != 1) {
      throw new InputException(
          "column '%s' must be array<array<float>> for vectors of %d, got %s, one number a step; use vectorSize 1"
              .formatted(name, size, type.simpleString()));
    } else if (!areNumbers && !areVectors(type)) {
      throw wrongType(
          name, "array<array<float>>, array<vector> or, with vectorSize 1, array<float>", type);
    }
  }

  /** Whether cells are arrays of vectors. */
  private static boolean areVectors(DataType type) {
    return type instanceof ArrayType array
        && (array.elementType().equals(SQLDataTypes.VectorType())
            || array.elementType() instanceof ArrayType inner
                && inner.elementType() instanceof NumericType);
  }

  /** Checks that there is such a column and that it holds WAV files or their paths. */
  public static void requireAudio(StructType schema, String name) {
    DataType type = type(schema, name);
    if (!(type instanceof BinaryType || type instanceof StringType)) {
      throw wrongType(name, "binary (WAV files) or string (their paths)", type);
    }
  }

  private static boolean isWhole(DataType type) {
    return type instanceof IntegerType || type instanceof LongType || type instanceof ShortType;
  }

  /** Checks that there is such a column and that it holds numbers or booleans. */
  public static void requireNumber(StructType schema, String name) {
    DataType type = type(schema, name);
    if (!(type instanceof NumericType || type instanceof BooleanType)) {
      throw wrongType(name, "a number", type);
    }
  }

  /** Checks that there is such a column and that it holds booleans. */
  public static void requireBoolean(StructType schema, String name) {
    DataType type = type(schema, name);
    if (!(type instanceof BooleanType)) {
      throw wrongType(name, "boolean", type);
    }
  }

  /** Returns the schema with one more column, or the schema itself when the name is empty. */
  public static StructType appendIfNamed(StructType schema, String name, DataType type) {
    return name.isEmpty() ? schema : append(schema, name, type);
  }

  /** Returns the schema with one more column, which must not exist yet. */
  public static StructType append(StructType schema, String name, DataType type) {
    if (Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new InputException(
          "output column '" + name + "' exists already; drop it, or name another output column");
    }
    return schema.add(name, type, true);
  }

  /**
   * Checks the names of an input's columns: that no two are one, in whatever case, for Spark takes
   * them for the same; and that none is that of the reasons of refusal.
   *
   * @param place where the columns are, for the message
   */
  public static void requireUsable(Iterable<String> names, String place) {
    Map<String, String> seen = new HashMap<>();
    for (String name : names) {
      String other = seen.put(name.toLowerCase(Locale.ROOT), name);
      if (name.equalsIgnoreCase(ReviewReader.REFUSED_COL)) {
        throw new InputException(
            "column '%s' in %s has the name of a column of spark-rnn's own; rename it"
                .formatted(name, place));
      } else if (name.equals(other)) {
        throw new InputException("column '" + name + "' occurs twice in " + place);
      } else if (other != null) {
        throw new InputException(
            "columns '%s' and '%s' in %s differ in nothing but case; rename one"
                .formatted(other, name, place));
      }
    }
  }

  /** Whether one of the names is this one as Spark sees it, which is in any case. */
  public static boolean contains(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** Returns a name that no column has: this one, or this one with a number. */
  public static String unused(StructType schema, String name) {
    List<String> taken = Arrays.asList(schema.fieldNames());
    String unused = name;
    for (int i = 1; contains(taken, unused); i++) {
      unused = name + i;
    }
    return unused;
  }

  /** The column with exactly this name, dots and spaces included. */
  public static Column named(String name) {
    return functions.col(quoted(name));
  }

  /**
   * Refuses rows that have a reason and were not refused before. The column of the reasons is
   * marked, so that one of the user's that is called the same is nobody's business.
   *
   * @param rows of {@link ReviewReader}, with or without the column of the reasons
   */
  public static Dataset<Row> refuse(Dataset<Row> rows, Column reason) {
    boolean first = !Arrays.asList(rows.columns()).contains(ReviewReader.REFUSED_COL);
    Column all = first ? reason : functions.coalesce(named(ReviewReader.REFUSED_COL), reason);
    return rows.withColumn(
        ReviewReader.REFUSED_COL,
        all.cast(DataTypes.StringType).as(ReviewReader.REFUSED_COL, MARKED));
  }

  /**
   * The reasons that {@link ReviewReader} gave for refusing rows, null in rows of other sources.
   */
  public static Column refused(StructType schema) {
    Column none = functions.lit(null).cast(DataTypes.StringType);
    return areReviews(schema) ? named(ReviewReader.REFUSED_COL) : none;
  }

  /** Whether rows are reviews that {@link ReviewReader} read. */
  public static boolean areReviews(StructType schema) {
    return Arrays.asList(schema.fieldNames()).contains(ReviewReader.REFUSED_COL)
        && schema.apply(ReviewReader.REFUSED_COL).metadata().contains(MARK);
  }

  /** The number that a word is, or null; {@code 1d} and {@code 0x1p0} are numbers to Java alone. */
  static Column number(Column word) {
    return functions.when(
        functions.not(word.rlike("[dfxDFX]")), word.try_cast(DataTypes.DoubleType));
  }

  /** The beginning of a cell in one line, for messages. */
  static Column shown(Column cell) {
    Column beginning = functions.substring(cell.cast(DataTypes.StringType), 1, SHOWN_CHARACTERS);
    return functions.regexp_replace(beginning, "\\p{Cntrl}", " ");
  }

  /** A column's name as SQL reads it, dots and spaces included. */
  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Checks that there is such a column. */
  public static void require(StructType schema, String name) {
    type(schema, name);
  }

  private static DataType type(StructType schema, String name) {
    if (!Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new InputException(
          "there is no column '" + name + "'; the columns are " + names(schema));
    }
    return schema.apply(name).dataType();
  }

  /** The names of the user's columns, for messages. */
  static String names(StructType schema) {
    return Arrays.stream(schema.fieldNames())
        .filter(name -> !name.equals(ReviewReader.REFUSED_COL))
        .collect(Collectors.joining("', '", "'", "'"));
  }

  private static InputException wrongType(String name, String wanted, DataType found) {
    return new InputException(
        "column '" + name + "' must be " + wanted + ", got " + found.simpleString());
  }
}

package io.sparkrnn.spark;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Checks of columns with the project's wording: the columns that exist, the type that was found.
 */
final class Columns {
  private Columns() {}

  /** Checks that there is such a column and that it holds strings. */
  static void requireString(StructType schema, String name) {
    DataType type = type(schema, name);
    if (!(type instanceof StringType)) {
      throw wrongType(name, "string", type);
    }
  }

  /** Checks that there is such a column and that it holds arrays of strings. */
  static void requireStrings(StructType schema, String name) {
    DataType type = type(schema, name);
    if (!(type instanceof ArrayType array && array.elementType() instanceof StringType)) {
      throw wrongType(name, "array<string>", type);
    }
  }

  /** Checks that there is such a column and that it holds arrays of ints. */
  static void requireInts(StructType schema, String name) {
    DataType type = type(schema, name);
    if (!(type instanceof ArrayType array && array.elementType() instanceof IntegerType)) {
      throw wrongType(name, "array<int>", type);
    }
  }

  /** Returns the schema with one more column, which must not exist yet. */
  static StructType append(StructType schema, String name, DataType type) {
    if (Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException("output column '" + name + "' exists already");
    }
    return schema.add(name, type, true);
  }

  /** The column with exactly this name, dots and spaces included. */
  static Column named(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  private static DataType type(StructType schema, String name) {
    if (!Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "there is no column '" + name + "'; the columns are " + names(schema));
    }
    return schema.apply(name).dataType();
  }

  /** The names of all columns, for messages. */
  static String names(StructType schema) {
    return "'" + String.join("', '", schema.fieldNames()) + "'";
  }

  private static IllegalArgumentException wrongType(String name, String wanted, DataType found) {
    return new IllegalArgumentException(
        "column '" + name + "' must be " + wanted + ", got " + found.simpleString());
  }
}

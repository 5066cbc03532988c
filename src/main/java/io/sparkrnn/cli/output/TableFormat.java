package io.sparkrnn.cli.output;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.forall;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.map_values;
import static org.apache.spark.sql.functions.parse_json;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.InputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;

/**
 * The file formats a table can be written in, each so that values come back as they were.
 *
 * <p>Times have microseconds and the offset of their zone. What CSV has no type for is written as
 * JSON, bytes as base64 as JSON has them.
 */
public enum TableFormat {
  /**
   * Parquet, which has a type for all but nothing: records without fields become JSON. Its writer
   * looks often at how much it holds: by itself not before 100 rows, which may be a gigabyte.
   */
  parquet(
      Map.of("parquet.page.size.row.check.min", "1", "parquet.page.size.row.check.max", "100")) {
    @Override
    Column written(Column value, StructField field) {
      DataType type = field.dataType();
      if (!isEmptyInside(type)) {
        return value;
      }
      return type instanceof NullType
          ? value.cast(DataTypes.StringType)
          : to_json(value, NULLS_TOO);
    }
  },
  /** CSV with cells as they are, and quotes doubled, as RFC 4180 and every spreadsheet have it. */
  csv(
      Map.of(
          "header", "true",
          "escape", "\"",
          "ignoreLeadingWhiteSpace", "false",
          "ignoreTrailingWhiteSpace", "false",
          "encoding", TableFormat.LATIN_1)) {
    /** Bytes that are no UTF-8 go through Spark's writer as characters of Latin-1. */
    @Override
    Column written(Column value, StructField field) {
      DataType type = field.dataType();
      if (type instanceof StringType) {
        return functions.decode(value.cast(DataTypes.BinaryType), LATIN_1);
      } else if (type instanceof BinaryType) {
        return base64(value);
      } else if (type instanceof NullType) {
        return value.cast(DataTypes.StringType);
      }
      boolean nested =
          type instanceof ArrayType
              || type instanceof MapType
              || type instanceof StructType
              || type instanceof VariantType;
      return nested
          ? functions.decode(
              to_json(requireValid(value, field), NULLS_TOO).cast(DataTypes.BinaryType), LATIN_1)
          : value;
    }

    @Override
    String written(String name) {
      return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
  },
  /** JSON, an object a line, nulls included. */
  json(Map.of("ignoreNullFields", "false")) {
    @Override
    Column written(Column value, StructField field) {
      DataType type = field.dataType();
      if (!(type instanceof NullType) && isEmptyInside(type)) {
        return parse_json(to_json(requireValid(value, field), NULLS_TOO));
      }
      return requireValid(value, field);
    }
  };

  private static final String LATIN_1 = "ISO-8859-1";
  private static final Map<String, String> TIMES =
      Map.of(
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]XXXXX",
          "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]");
  private static final Map<String, String> NULLS_TOO =
      Stream.concat(Stream.of(Map.entry("ignoreNullFields", "false")), TIMES.entrySet().stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final Map<String, String> options;

  TableFormat(Map<String, String> options) {
    this.options = options;
  }

  /** Returns a column as this format's writer takes it. */
  abstract Column written(Column value, StructField field);

  /** Returns a column's name as this format's writer takes it. */
  String written(String name) {
    return name;
  }

  /** Whether a type is one of nothing, void or a record without fields, or holds one. */
  private static boolean isEmptyInside(DataType type) {
    if (type instanceof StructType struct) {
      return struct.isEmpty()
          || Stream.of(struct.fields()).anyMatch(field -> isEmptyInside(field.dataType()));
    } else if (type instanceof ArrayType array) {
      return isEmptyInside(array.elementType());
    } else if (type instanceof MapType map) {
      return isEmptyInside(map.valueType());
    }
    return type instanceof NullType;
  }

  /** Whether JSON spells the keys of all maps in a type as their values are spelled. */
  private static boolean hasPlainKeys(DataType type) {
    if (type instanceof StructType struct) {
      return Stream.of(struct.fields()).allMatch(field -> hasPlainKeys(field.dataType()));
    } else if (type instanceof ArrayType array) {
      return hasPlainKeys(array.elementType());
    } else if (type instanceof MapType map) {
      DataType key = map.keyType();
      boolean plain =
          key instanceof StringType || key instanceof NumericType || key instanceof BooleanType;
      return plain && hasPlainKeys(map.valueType());
    }
    return true;
  }

  /** Whether all strings in a value are UTF-8; null in a null. */
  private static Column isValid(Column value, DataType type) {
    if (type instanceof StringType) {
      return is_valid_utf8(value);
    } else if (type instanceof ArrayType array) {
      return forall(value, element -> valid(element, array.elementType()));
    } else if (type instanceof MapType map) {
      return valid(map_keys(value), new ArrayType(map.keyType(), false))
          .and(valid(map_values(value), new ArrayType(map.valueType(), true)));
    } else if (type instanceof StructType struct) {
      return Stream.of(struct.fields())
          .map(field -> valid(value.getField(field.name()), field.dataType()))
          .reduce(lit(true), Column::and);
    }
    return lit(true);
  }

  private static Column valid(Column value, DataType type) {
    return coalesce(isValid(value, type), lit(true));
  }

  /** The value, or a failure of the job where a string in it is not UTF-8. */
  private static Column requireValid(Column value, StructField field) {
    return requireValid(value, field, "which JSON cannot; use --format parquet");
  }

  private static Column requireValid(Column value, StructField field, String why) {
    Column message =
        lit("column '%s' holds bytes that are not UTF-8, %s".formatted(field.name(), why));
    return when(valid(value, field.dataType()), value).otherwise(raise_error(message));
  }

  private void check(StructType schema) {
    for (StructField field : schema.fields()) {
      if (this != parquet && !hasPlainKeys(field.dataType())) {
        throw new InputException(
            "column '%s' has a map whose keys are no strings or numbers, which JSON cannot hold; use --format parquet"
                .formatted(field.name()));
      }
    }
  }

  /**
   * Writes a table to a directory, whose files are replaced.
   *
   * @param partitionBy columns whose values become directories, the outermost first
   * @throws InputException if the format cannot hold a column
   */
  public void write(Dataset<Row> table, String directory, List<String> partitionBy) {
    check(table.schema());
    Column[] columns =
        Stream.of(table.schema().fields())
            .map(field -> partitionBy.contains(field.name()) ? asIs(field) : written(field))
            .toArray(Column[]::new);
    table
        .select(columns)
        .write()
        .partitionBy(partitionBy.toArray(String[]::new))
        .mode("overwrite")
        .options(TIMES)
        .options(options)
        .format(name())
        .save(directory);
  }

  private Column written(StructField field) {
    return written(Columns.named(field.name()), field).as(written(field.name()), field.metadata());
  }

  /** A column that becomes names of directories, which must be UTF-8. */
  private static Column asIs(StructField field) {
    return requireValid(Columns.named(field.name()), field, "which names of directories cannot")
        .as(field.name(), field.metadata());
  }
}

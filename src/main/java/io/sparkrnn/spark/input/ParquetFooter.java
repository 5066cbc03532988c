package io.sparkrnn.spark.input;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.Footer;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFooterReader;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a Parquet file tells of itself.
 *
 * @param path of the file
 * @param rows how many it has
 * @param schema the columns that have a type
 * @param untyped the columns that hold nothing and have no type, as writers make of lists of nulls
 * @param unreadable the columns that Spark does not read, by name, and their types
 */
record ParquetFooter(
    String path,
    long rows,
    StructType schema,
    StructType untyped,
    TreeMap<String, String> unreadable)
    implements Serializable {
  private static final String TWINS =
      "a structure with names that differ only in case, read with spark.sql.caseSensitive=true";

  /**
   * Reads the footer of a file.
   *
   * @throws IOException when it cannot be read
   * @throws InputException when it is damaged
   */
  static ParquetFooter of(String path, Configuration hadoop) throws IOException {
    Path file = new Path(path);
    ParquetMetadata footer = read(file, hadoop);
    long rows = footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
    ParquetFooter found =
        new ParquetFooter(path, rows, new StructType(), new StructType(), new TreeMap<>());
    ParquetToSparkSchemaConverter converter = new ParquetToSparkSchemaConverter(hadoop);
    MessageType columns = footer.getFileMetaData().getSchema();
    StructType written = ofSpark(file, footer, converter);
    boolean caseSensitive = hadoop.getBoolean("spark.sql.caseSensitive", false);
    for (Type column : columns.getFields()) {
      found = found.with(column, written, converter, caseSensitive);
    }
    return found;
  }

  private static ParquetMetadata read(Path file, Configuration hadoop) throws IOException {
    try {
      return ParquetFooterReader.readFooter(
          HadoopInputFile.fromPath(file, hadoop), ParquetMetadataConverter.NO_FILTER);
    } catch (RuntimeException e) {
      throw new InputException(
          "cannot read %s: %s; the file is damaged".formatted(file, FailureReason.of(e)), e);
    }
  }

  /** The schema that Spark left in the file, with what Parquet cannot express, or none. */
  private static StructType ofSpark(
      Path file, ParquetMetadata footer, ParquetToSparkSchemaConverter converter) {
    boolean bySpark =
        footer
            .getFileMetaData()
            .getKeyValueMetaData()
            .containsKey("org.apache.spark.sql.parquet.row.metadata");
    return bySpark
        ? ParquetFileFormat.readSchemaFromFooter(new Footer(file, footer), converter)
        : new StructType();
  }

  private ParquetFooter with(
      Type column,
      StructType written,
      ParquetToSparkSchemaConverter converter,
      boolean caseSensitive) {
    StructField field;
    try {
      field =
          List.of(written.fieldNames()).contains(column.getName())
              ? written.apply(column.getName())
              : converter.convert(new MessageType("column", column)).apply(0);
    } catch (Exception e) {
      unreadable.put(column.getName(), type(column));
      return this;
    }
    if (field.dataType().typeName().startsWith("time(")) {
      unreadable.put(column.getName(), type(column));
      return this;
    }
    if (!caseSensitive && hasTwins(field.dataType())) {
      unreadable.put(column.getName(), TWINS);
      return this;
    }
    boolean isUntyped =
        column.getLogicalTypeAnnotation() instanceof UnknownLogicalTypeAnnotation
            || field.dataType() instanceof NullType;
    return isUntyped
        ? new ParquetFooter(path, rows, schema, untyped.add(field), unreadable)
        : new ParquetFooter(path, rows, schema.add(field), untyped, unreadable);
  }

  /** Whether a structure within has fields whose names differ only in case. */
  private static boolean hasTwins(DataType type) {
    if (type instanceof ArrayType array) {
      return hasTwins(array.elementType());
    } else if (type instanceof MapType map) {
      return hasTwins(map.keyType()) || hasTwins(map.valueType());
    } else if (type instanceof StructType struct) {
      Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      return Arrays.stream(struct.fields())
          .anyMatch(field -> !names.add(field.name()) || hasTwins(field.dataType()));
    }
    return false;
  }

  private static String type(Type column) {
    Object annotation = column.getLogicalTypeAnnotation();
    String name =
        column.isPrimitive()
            ? column.asPrimitiveType().getPrimitiveTypeName().toString()
            : "a structure";
    return annotation == null ? name : name + " (" + annotation + ")";
  }
}

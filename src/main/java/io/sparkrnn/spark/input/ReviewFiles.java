package io.sparkrnn.spark.input;

import io.sparkrnn.spark.files.InputPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads one review a file, the label from the name of its directory or of one above, the rating
 * from its own.
 *
 * <p>The driver lists the files, tasks read slices of the list: 25,000 files are no more than a few
 * tasks.
 */
final class ReviewFiles {
  private static final long BYTES_PER_PARTITION = 32L << 20;
  private static final Pattern RATING = Pattern.compile("\\d+_(\\d{1,2})\\.(?i:txt)");

  private final SparkSession spark;
  private final int parallelism;
  private final String textCol;
  private final String labelCol;

  ReviewFiles(SparkSession spark, int parallelism, String textCol, String labelCol) {
    this.spark = spark;
    this.parallelism = parallelism;
    this.textCol = textCol;
    this.labelCol = labelCol;
  }

  /** Returns the rows: text, label (double), path, rating (int), reason of refusal. */
  Dataset<Row> open(InputPath input) {
    StructType schema =
        new StructType()
            .add(textCol, DataTypes.StringType)
            .add(labelCol, DataTypes.DoubleType)
            .add("path", DataTypes.StringType)
            .add("rating", DataTypes.IntegerType)
            .add(ReviewReader.REFUSED_COL, DataTypes.StringType);
    if (schema.fieldNames().length != List.of(schema.fieldNames()).stream().distinct().count()) {
      throw new InputException(
          "the text and label columns of "
              + input.path()
              + " need two names other than 'path' and 'rating'");
    }
    List<String> paths = input.files().stream().map(file -> file.getPath().toString()).toList();
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    int depth = input.root().depth() + 1;
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(paths, partitions(input))
            .mapPartitions(slice -> rows(slice, depth, hadoop.value()));
    return spark.createDataFrame(rows, schema);
  }

  private int partitions(InputPath input) {
    long wanted = Math.max(parallelism, input.bytes() / BYTES_PER_PARTITION + 1);
    return (int) Math.min(wanted, input.files().size());
  }

  private static Iterator<Row> rows(Iterator<String> paths, int depth, Configuration hadoop)
      throws IOException {
    if (!paths.hasNext()) {
      return Collections.emptyIterator();
    }
    Path first = new Path(paths.next());
    FileSystem files = direct(first.getFileSystem(hadoop));
    return new Iterator<>() {
      private Path next = first;

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Row next() {
        Row row = row(next, depth, files);
        next = paths.hasNext() ? new Path(paths.next()) : null;
        return row;
      }
    };
  }

  private static Row row(Path path, int depth, FileSystem files) {
    Double label = label(path, depth);
    Matcher name = RATING.matcher(path.getName());
    Integer rating = label != null && name.matches() ? Integer.valueOf(name.group(1)) : null;
    String text = null;
    String refused = null;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(bytes(path, files)).toString();
    } catch (CharacterCodingException e) {
      refused = "text is not valid UTF-8";
    } catch (IOException e) {
      throw new InputException("cannot read " + path + ": " + e.getMessage(), e);
    }
    return RowFactory.create(text, label, path.toString(), rating, refused);
  }

  /**
   * The label that the directory at this depth gives; there may be others between it and a file.
   */
  private static Double label(Path path, int depth) {
    Path directory = path.getParent();
    while (directory.depth() > depth) {
      directory = directory.getParent();
    }
    return switch (directory.getName()) {
      case "pos" -> 1.0;
      case "neg" -> 0.0;
      default -> null;
    };
  }

  /** Past the checksums of local files, whose lookup costs more than reading a review. */
  private static FileSystem direct(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRaw() : files;
  }

  private static ByteBuffer bytes(Path path, FileSystem files) throws IOException {
    try (InputStream in = files.open(path)) {
      return ByteBuffer.wrap(in.readAllBytes());
    }
  }
}

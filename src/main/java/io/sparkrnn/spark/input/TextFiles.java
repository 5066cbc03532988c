package io.sparkrnn.spark.input;

import io.sparkrnn.spark.files.InputPath;
import io.sparkrnn.spark.files.TextInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
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
 * Reads running text: each file in pieces of some 16,000 characters that end with a line, so that
 * one long file gives rows to hold out, and rows for several shards. Nothing is changed or left
 * out: the pieces of a file, one after another, are the file.
 */
final class TextFiles {
  private static final int PIECE = 1 << 14;

  /** A line that does not end is cut. */
  private static final int LONGEST = 4 * PIECE;

  private final SparkSession spark;
  private final int parallelism;
  private final String textCol;

  TextFiles(SparkSession spark, int parallelism, String textCol) {
    this.spark = spark;
    this.parallelism = parallelism;
    this.textCol = textCol;
  }

  /** Returns the rows: text, path, piece (counted from 0), reason of refusal. */
  Dataset<Row> open(InputPath input) {
    StructType schema =
        new StructType()
            .add(textCol, DataTypes.StringType)
            .add("path", DataTypes.StringType)
            .add("piece", DataTypes.IntegerType)
            .add(ReviewReader.REFUSED_COL, DataTypes.StringType);
    List<String> paths = input.files().stream().map(file -> file.getPath().toString()).toList();
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(paths, Math.min(paths.size(), Math.max(1, parallelism)))
            .flatMap(path -> pieces(path, hadoop.value()));
    return spark.createDataFrame(rows, schema);
  }

  private static Iterator<Row> pieces(String path, Configuration hadoop) {
    List<Row> rows = new ArrayList<>();
    try (InputStream in = TextInput.open(path, 0, hadoop)) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      for (int from = 0; from < text.length(); ) {
        int end = end(text, from);
        rows.add(RowFactory.create(text.substring(from, end), path, rows.size(), null));
        from = end;
      }
    } catch (CharacterCodingException e) {
      rows.add(RowFactory.create(null, path, 0, "text is not valid UTF-8"));
    } catch (IOException e) {
      throw new InputException("cannot read " + path + ": " + e.getMessage(), e);
    }
    return rows.iterator();
  }

  /** Returns where the piece that begins at {@code from} ends. */
  static int end(String text, int from) {
    if (text.length() - from <= PIECE) {
      return text.length();
    }
    int line = text.indexOf('\n', from + PIECE);
    int end = line < 0 ? text.length() : line + 1;
    if (end - from <= LONGEST) {
      return end;
    }
    int cut = from + LONGEST;
    return Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut;
  }
}

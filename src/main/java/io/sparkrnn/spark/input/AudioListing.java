package io.sparkrnn.spark.input;

import io.sparkrnn.spark.files.InputPath;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** WAV files as rows: the path of each, and for a label the name of the directory it lies in. */
final class AudioListing {
  private final SparkSession spark;
  private final String audioCol;
  private final String labelCol;

  AudioListing(SparkSession spark, String audioCol, String labelCol) {
    this.spark = spark;
    this.audioCol = audioCol;
    this.labelCol = labelCol;
  }

  /** Returns the rows: path, label (null at the top), reason of refusal (null). */
  Dataset<Row> open(InputPath input) {
    StructType schema =
        new StructType()
            .add(audioCol, DataTypes.StringType)
            .add(labelCol, DataTypes.StringType)
            .add(ReviewReader.REFUSED_COL, DataTypes.StringType);
    List<Row> rows = input.files().stream().map(file -> row(file.getPath(), input.root())).toList();
    return spark.createDataFrame(rows, schema);
  }

  private static Row row(Path file, Path root) {
    boolean isAtTop = file.equals(root) || file.getParent().equals(root);
    return RowFactory.create(file.toString(), isAtTop ? null : file.getParent().getName(), null);
  }
}

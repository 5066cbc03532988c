package io.sparkrnn.spark.input;

import io.sparkrnn.spark.files.InputPath;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * WAV files as rows: the path of each, and for a label the name of the directory it lies in; of
 * files at the top that are named LABEL_SPEAKER_NUMBER.wav, label and speaker.
 */
final class AudioListing {
  private static final Pattern NAME = Pattern.compile("([^_]+)_([^_]+)_[^_]+\\.[^.]+");
  private static final String SPEAKER = "speaker";

  private final SparkSession spark;
  private final String audioCol;
  private final String labelCol;

  AudioListing(SparkSession spark, String audioCol, String labelCol) {
    this.spark = spark;
    this.audioCol = audioCol;
    this.labelCol = labelCol;
  }

  /** Returns the rows: path, label and speaker (null where not known), no reason of refusal. */
  Dataset<Row> open(InputPath input) {
    StructType schema =
        new StructType().add(audioCol, DataTypes.StringType).add(labelCol, DataTypes.StringType);
    schema =
        schema
            .add(Columns.unused(schema, SPEAKER), DataTypes.StringType)
            .add(ReviewReader.REFUSED_COL, DataTypes.StringType);
    List<Row> rows = input.files().stream().map(file -> row(file.getPath(), input.root())).toList();
    return spark.createDataFrame(rows, schema);
  }

  private static Row row(Path file, Path root) {
    boolean isAtTop = file.equals(root) || file.getParent().equals(root);
    Matcher name = NAME.matcher(file.getName());
    if (isAtTop && name.matches()) {
      return RowFactory.create(file.toString(), name.group(1), name.group(2), null);
    }
    String label = isAtTop ? null : file.getParent().getName();
    return RowFactory.create(file.toString(), label, null, null);
  }
}

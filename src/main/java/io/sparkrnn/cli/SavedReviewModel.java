package io.sparkrnn.cli;

import io.sparkrnn.spark.InputException;
import io.sparkrnn.spark.ReviewTokenizer;
import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.SequencePadder;
import io.sparkrnn.spark.VocabularyIndexerModel;
import io.sparkrnn.text.Padding;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A model directory in use: the network and the text stages that its reviews pass before it. */
final class SavedReviewModel {
  private static final String TOKENS = "_tokens";
  private static final String IDS = "_ids";
  private static final String FEATURES = "_features";

  private final RnnClassificationModel network;

  private SavedReviewModel(RnnClassificationModel network) {
    this.network = network;
  }

  /**
   * Loads a model.
   *
   * @throws InputException when there is none, or none that reads text
   */
  static SavedReviewModel load(SparkSession spark, String directory) throws IOException {
    Path path = new Path(directory);
    if (!path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path)) {
      throw new InputException("there is no model at " + directory);
    }
    RnnClassificationModel network = RnnClassificationModel.load(directory);
    if (network.text() == null || network.vocabulary() == null) {
      throw new InputException(
          "the model at %s reads columns of token ids, not text; use it from Spark"
              .formatted(directory));
    }
    return new SavedReviewModel(network.setFeaturesCol(FEATURES));
  }

  /** Returns the network, which reads what {@link #sequences} adds. */
  RnnClassificationModel network() {
    return network;
  }

  /** Returns reviews with the column of padded ids that the network reads. */
  Dataset<Row> sequences(Dataset<Row> reviews, String textCol) {
    Padding padding = network.text().padding();
    Dataset<Row> tokens =
        new ReviewTokenizer().setInputCol(textCol).setOutputCol(TOKENS).transform(reviews);
    Dataset<Row> ids =
        new VocabularyIndexerModel(network.vocabulary())
            .setInputCol(TOKENS)
            .setOutputCol(IDS)
            .transform(tokens);
    return new SequencePadder()
        .setMaxLength(padding.maxLength())
        .setPadding(name(padding.padding()))
        .setTruncating(name(padding.truncating()))
        .setInputCol(IDS)
        .setOutputCol(FEATURES)
        .transform(ids)
        .drop(TOKENS, IDS);
  }

  private static String name(Padding.Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }
}

package io.sparkrnn.spark;

import io.sparkrnn.io.TextSettings;
import io.sparkrnn.spark.rows.RowColumns;
import io.sparkrnn.spark.rows.RowGroups;
import io.sparkrnn.spark.rows.TextCut;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.TextUnit;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Few rows with labels, many without, and what is trained on them. */
final class FewLabels {
  static final int LABELLED = 60;
  static final int UNLABELLED = 600;
  private static final int TEST = 300;
  private static final int WORDS = 300;
  private static final StructType SCHEMA =
      new StructType().add("text", DataTypes.StringType).add("label", DataTypes.DoubleType);

  private FewLabels() {}

  /**
   * Texts of which eight words in ten are those of their class, most of them in no labelled one.
   */
  private static Dataset<Row> texts(int rows, boolean labelled, long seed, int partitions) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> texts = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int label = i % 2;
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 12; word++) {
        boolean own = random.nextInt(10) < 8;
        text.append((own ? label : 1 - label) == 1 ? "good" : "bad");
        text.append(random.nextInt(WORDS)).append(' ');
      }
      texts.add(RowFactory.create(text.toString(), labelled ? (double) label : null));
    }
    return TestSpark.session().createDataFrame(texts, SCHEMA).repartition(partitions);
  }

  static RnnClassificationModel trained(RnnClassifier classifier, int partitions) {
    Dataset<Row> rows =
        texts(LABELLED, true, 1, partitions).union(texts(UNLABELLED, false, 2, partitions));
    RowColumns columns = new RowColumns("text", "label", "", "", RowGroups.none(3));
    Padding padding = new Padding(20, Padding.Side.PRE, Padding.Side.PRE);
    TextCut cut =
        new TextCut(TextUnit.WORD, padding, classifier.getWide(), classifier.learnsUnlabelled());
    try (TokenizedRows tokenized = TokenizedRows.of(rows, columns, cut, 0)) {
      Vocabulary vocabulary = tokenized.vocabulary(1000, 1);
      return classifier
          .setVocabularySize(vocabulary.size())
          .setVocabulary(vocabulary)
          .fit(tokenized)
          .withText(TextSettings.of(padding), vocabulary);
    }
  }

  static double accuracy(RnnClassificationModel model) {
    return model.evaluateText(texts(TEST, true, 9, 2), "text").value(Metric.ACCURACY);
  }
}

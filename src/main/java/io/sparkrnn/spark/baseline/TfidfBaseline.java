package io.sparkrnn.spark.baseline;

import io.sparkrnn.spark.ReviewTokenizer;
import io.sparkrnn.spark.VocabularyIndexer;
import io.sparkrnn.spark.VocabularyIndexerModel;
import io.sparkrnn.spark.input.CorpusGenerator;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.ReviewReader;
import io.sparkrnn.spark.rows.ShardSummary;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.Refusals;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.ml.feature.CountVectorizerModel;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What a user would try first: tf-idf of single words and logistic regression, by Spark MLlib, on
 * reviews split by a hash of their text. A network that does not beat it is not worth its time.
 */
public final class TfidfBaseline {
  private static final int VOCABULARY = 50_000;
  private static final int MIN_REVIEWS_OF_A_WORD = 2;

  /**
   * What the baseline reached.
   *
   * @param trainRows reviews trained on
   * @param rows held-out reviews
   * @param accuracy share of them that is right
   * @param rowsUnlabelled reviews left out because nobody labelled them
   * @param refusals reviews left out because they cannot be used, by reason
   */
  public record Result(
      long trainRows, long rows, double accuracy, long rowsUnlabelled, Refusals refusals) {}

  private final SparkSession spark;

  /** Creates the baseline for a session. */
  public TfidfBaseline(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Trains and evaluates.
   *
   * @param input path of the reviews, or null for the generated sample corpus
   * @param textCol column of the text
   * @param labelCol column of the label
   * @param reviews size of the sample corpus
   * @throws InputException when the reviews cannot be trained on, or are too few
   */
  public Result measure(String input, String textCol, String labelCol, long reviews) {
    BaselineRows rows = BaselineRows.of(read(input, textCol, labelCol, reviews), textCol, labelCol);
    Dataset<Row> kept = rows.all().persist();
    try {
      return measure(new BaselineRows(kept), labelCol);
    } finally {
      kept.unpersist();
    }
  }

  private static Result measure(BaselineRows rows, String labelCol) {
    ShardSummary total = rows.summary();
    rows.check(total, labelCol);
    Dataset<Row> scored = fit(rows.training(), total.trainingRows()).transform(rows.heldOut());
    long right = scored.filter(functions.col("prediction").equalTo(functions.col("label"))).count();
    return new Result(
        total.trainingRows(),
        total.validationRows(),
        (double) right / total.validationRows(),
        rows.unlabelled(),
        total.refusals());
  }

  /** MLlib refuses a vocabulary without a word. */
  private static PipelineModel fit(Dataset<Row> training, long rows) {
    CountVectorizerModel counts;
    try {
      counts =
          new CountVectorizer()
              .setInputCol(BaselineRows.TOKENS)
              .setOutputCol("counts")
              .setVocabSize(VOCABULARY)
              .setMinDF(MIN_REVIEWS_OF_A_WORD)
              .fit(training);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "the baseline needs words that are in %d reviews or more, got none in %d reviews"
              .formatted(MIN_REVIEWS_OF_A_WORD, rows),
          e);
    }
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              counts,
              new IDF().setInputCol("counts").setOutputCol("features"),
              new LogisticRegression().setMaxIter(100).setRegParam(0.01)
            })
        .fit(training);
  }

  /**
   * Returns the reviews as token ids, without padding.
   *
   * @param vocabularySize number of ids
   * @param maxLength longer reviews keep their end
   */
  public PackedShard ids(
      String input, String textCol, String labelCol, int vocabularySize, int maxLength) {
    Dataset<Row> tokens =
        new ReviewTokenizer()
            .setInputCol(textCol)
            .setOutputCol("tokens")
            .transform(read(input, textCol, labelCol, 0));
    VocabularyIndexerModel indexer =
        new VocabularyIndexer()
            .setInputCol("tokens")
            .setOutputCol("ids")
            .setVocabularySize(vocabularySize)
            .fit(tokens);
    PackedShardBuilder builder = new PackedShardBuilder();
    for (Row row : indexer.transform(tokens).select("ids", labelCol).collectAsList()) {
      if (row.isNullAt(0) || row.isNullAt(1)) {
        continue;
      }
      List<Integer> all = row.getList(0);
      int[] ids =
          all.stream()
              .skip(Math.max(0, all.size() - maxLength))
              .mapToInt(Integer::intValue)
              .toArray();
      builder.add(ids, (float) row.getDouble(1), 1f);
    }
    return builder.build();
  }

  private Dataset<Row> read(String input, String textCol, String labelCol, long reviews) {
    return input == null
        ? CorpusGenerator.generate(spark, reviews, 1)
        : new ReviewReader(spark, textCol, labelCol).read(input);
  }
}

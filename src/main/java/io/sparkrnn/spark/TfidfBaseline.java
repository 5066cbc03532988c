package io.sparkrnn.spark;

import io.sparkrnn.train.PackedShard;
import io.sparkrnn.train.PackedShardBuilder;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.CountVectorizer;
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
  private static final double HELD_OUT = 0.2;
  private static final int VOCABULARY = 50_000;

  /**
   * What the baseline reached.
   *
   * @param trainRows reviews trained on
   * @param rows held-out reviews
   * @param accuracy share of them that is right
   */
  public record Result(long trainRows, long rows, double accuracy) {}

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
   */
  public Result measure(String input, String textCol, String labelCol, long reviews) {
    Dataset<Row> rows = read(input, textCol, labelCol, reviews);
    Dataset<Row> tokens =
        new ReviewTokenizer()
            .setInputCol(textCol)
            .setOutputCol("tokens")
            .transform(rows)
            .filter(functions.col("tokens").isNotNull().and(functions.col(labelCol).isNotNull()))
            .withColumn(
                "fold",
                functions.pmod(functions.xxhash64(functions.col(textCol)), functions.lit(1000)))
            .select(
                functions.col("tokens"), functions.col(labelCol).as("label"), functions.col("fold"))
            .persist();
    int limit = (int) (1000 * HELD_OUT);
    Dataset<Row> train = tokens.filter(functions.col("fold").geq(limit));
    Dataset<Row> test = tokens.filter(functions.col("fold").lt(limit));
    PipelineModel model = pipeline().fit(train);
    Dataset<Row> scored = model.transform(test);
    long right = scored.filter(functions.col("prediction").equalTo(functions.col("label"))).count();
    long trainRows = train.count();
    long testRows = test.count();
    tokens.unpersist();
    return new Result(trainRows, testRows, (double) right / testRows);
  }

  private static Pipeline pipeline() {
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new CountVectorizer()
                  .setInputCol("tokens")
                  .setOutputCol("counts")
                  .setVocabSize(VOCABULARY)
                  .setMinDF(2),
              new IDF().setInputCol("counts").setOutputCol("features"),
              new LogisticRegression().setMaxIter(100).setRegParam(0.01)
            });
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

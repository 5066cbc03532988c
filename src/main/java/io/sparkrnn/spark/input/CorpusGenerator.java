package io.sparkrnn.spark.input;

import io.sparkrnn.text.ReviewGrammar;
import io.sparkrnn.text.SentenceGrammar;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Generates the sample corpus in parallel.
 *
 * <p>Review i depends on the seed and on i alone, and rows come in the order of i: the corpus is
 * the same for any number of partitions, and a smaller one is the beginning of a larger one. Rows
 * are made as they are consumed, so any size can be streamed to storage.
 */
public final class CorpusGenerator {
  private static final StructType SCHEMA =
      new StructType()
          .add("text", DataTypes.StringType, false)
          .add("label", DataTypes.DoubleType, false)
          .add("domain", DataTypes.StringType, false);

  private static final StructType TAGGED =
      new StructType()
          .add("tokens", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("label", DataTypes.createArrayType(DataTypes.StringType, false), false);

  private CorpusGenerator() {}

  /**
   * Returns {@code reviews} rows of {@code text} (string), {@code label} (double, 1 for praise) and
   * {@code domain} (string), with Spark's default number of partitions.
   *
   * @throws IllegalArgumentException when {@code reviews} is not positive
   */
  public static Dataset<Row> generate(SparkSession spark, long reviews, long seed) {
    return generate(spark, reviews, seed, spark.sparkContext().defaultParallelism());
  }

  /**
   * Returns the same rows in so many partitions.
   *
   * @throws IllegalArgumentException when {@code reviews} or {@code partitions} is not positive
   */
  public static Dataset<Row> generate(SparkSession spark, long reviews, long seed, int partitions) {
    if (reviews <= 0) {
      throw new IllegalArgumentException("reviews must be > 0, got " + reviews);
    }
    if (partitions <= 0) {
      throw new IllegalArgumentException("partitions must be > 0, got " + partitions);
    }
    MapPartitionsFunction<Long, Row> write = indices -> rows(seed, indices);
    return spark
        .range(0, reviews, 1, partitions)
        .as(Encoders.LONG())
        .mapPartitions(write, Encoders.row(SCHEMA));
  }

  /**
   * Returns {@code sentences} rows of {@code tokens} and {@code label}, arrays of as many strings,
   * as {@link SentenceGrammar} writes them; in all else as {@link #generate}.
   *
   * @throws IllegalArgumentException when {@code sentences} is not positive
   */
  public static Dataset<Row> generateTagged(SparkSession spark, long sentences, long seed) {
    if (sentences <= 0) {
      throw new IllegalArgumentException("sentences must be > 0, got " + sentences);
    }
    MapFunction<Long, Row> write =
        index -> {
          SentenceGrammar.Sentence sentence = new SentenceGrammar(seed).sentence(index);
          return RowFactory.create(
              sentence.tokens().toArray(new String[0]), sentence.labels().toArray(new String[0]));
        };
    return spark
        .range(0, sentences, 1, spark.sparkContext().defaultParallelism())
        .as(Encoders.LONG())
        .map(write, Encoders.row(TAGGED));
  }

  private static Iterator<Row> rows(long seed, Iterator<Long> indices) {
    ReviewGrammar grammar = new ReviewGrammar(seed);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return indices.hasNext();
      }

      @Override
      public Row next() {
        ReviewGrammar.Review review = grammar.review(indices.next());
        return RowFactory.create(review.text(), (double) review.label(), review.domain());
      }
    };
  }
}

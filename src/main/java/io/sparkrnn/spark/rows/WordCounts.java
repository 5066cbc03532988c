package io.sparkrnn.spark.rows;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.sum;

import io.sparkrnn.text.Vocabulary;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** From counted words to a vocabulary; the driver sees the words that are kept and no others. */
public final class WordCounts {
  /** Column of words. */
  public static final String WORD = "word";

  /** Column of how often a word came in one part of the texts. */
  public static final String COUNT = "count";

  static final StructType SCHEMA =
      new StructType().add(WORD, DataTypes.StringType).add(COUNT, DataTypes.LongType, false);

  private static final int RESERVED_IDS = 2;

  private WordCounts() {}

  /**
   * Returns the vocabulary of the most frequent words: by falling count, equal counts by code
   * point. Words that are null or cannot stand in a {@link Vocabulary} are left out.
   *
   * <p>Spark orders strings by their UTF-8 bytes, which is the order of code points.
   *
   * @param parts {@link #WORD} and {@link #COUNT}; a word may come several times
   * @param vocabularySize most ids, padding and out of vocabulary included
   * @param minCount times a word must occur
   */
  public static Vocabulary vocabulary(Dataset<Row> parts, int vocabularySize, int minCount) {
    UDF1<String, Boolean> admits = Vocabulary::admits;
    Column admitted = functions.udf(admits, DataTypes.BooleanType).apply(col(WORD));
    List<String> words =
        parts
            .where(col(WORD).isNotNull())
            .groupBy(WORD)
            .agg(sum(COUNT).as(COUNT))
            .where(col(COUNT).geq(minCount).and(is_valid_utf8(col(WORD))).and(admitted))
            .orderBy(col(COUNT).desc(), col(WORD).asc())
            .limit(vocabularySize - RESERVED_IDS)
            .select(WORD)
            .as(Encoders.STRING())
            .collectAsList();
    return Vocabulary.ofWords(words);
  }
}

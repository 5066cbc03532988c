package io.sparkrnn.spark.rows;

import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.text.CountedTexts;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.preflight.Truncation;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Reviews read once and cut into words once, kept on the executors as numbers: their words are
 * counted and then, with the vocabulary that the counts make, they are packed.
 *
 * <p>Which reviews are kept for the final test depends on seed and text alone, or on seed and
 * group, so that equal texts stay together and neither order nor partitions matter.
 */
public final class TokenizedRows implements AutoCloseable {
  private final SparkSession spark;
  private final JavaRDD<TextRows> parts;
  private final TextCut cut;
  private final String labelCol;
  private final long unlabelled;
  private final long training;
  private final long test;
  private final Truncation truncation;

  private TokenizedRows(SparkSession spark, JavaRDD<TextRows> parts, TextCut cut, String labelCol) {
    this.spark = spark;
    this.parts = parts;
    this.cut = cut;
    this.labelCol = labelCol;
    List<long[]> counts = parts.map(TokenizedRows::counts).collect();
    unlabelled = sum(counts, 0);
    training = sum(counts, 1);
    test = sum(counts, 2);
    truncation = new Truncation(sum(counts, 3), sum(counts, 4));
  }

  private static long sum(List<long[]> counts, int column) {
    return counts.stream().mapToLong(part -> part[column]).sum();
  }

  private static long[] counts(TextRows part) {
    return new long[] {
      part.unlabelledRows(),
      part.training().size(),
      part.test().size(),
      part.texts().truncatedTexts() + part.translations().truncatedTexts(),
      part.texts().cutWords() + part.translations().cutWords()
    };
  }

  /**
   * Reads texts.
   *
   * @param reviews as {@link io.sparkrnn.spark.input.ReviewReader} reads them
   * @param columns names of their columns, the text among them
   * @param cut what is kept of them
   * @param testSplit fraction kept for the final test, of the groups if rows have groups
   */
  public static TokenizedRows of(
      Dataset<Row> reviews, RowColumns columns, TextCut cut, double testSplit) {
    Column isTest = columns.groups().isTest(columns.features(), testSplit);
    JavaRDD<TextRows> parts =
        reviews
            .select(columns.with(reviews.schema(), List.of(isTest)).toArray(Column[]::new))
            .javaRDD()
            .mapPartitions(rows -> TextRows.cut(rows, cut))
            .setName("tokenized reviews")
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return new TokenizedRows(reviews.sparkSession(), parts, cut, columns.label());
    } catch (RuntimeException e) {
      parts.unpersist(false);
      throw e;
    }
  }

  /**
   * Returns how many reviews have no label, and are left out.
   *
   * @throws InputException when none has one
   */
  public long unlabelled() {
    if (unlabelled > 0 && training + test == 0) {
      throw new InputException(
          "column '%s' must hold labels, got none in %d reviews; name the label column with --label-col"
              .formatted(labelCol, unlabelled));
    }
    return unlabelled;
  }

  /** Returns the session that read the reviews. */
  public SparkSession spark() {
    return spark;
  }

  /** Returns the number of rows that are not kept for the final test, bad ones included. */
  public long trainingRows() {
    return training;
  }

  /** Returns what the rows that are not kept for the final test lost, bad ones included. */
  public Truncation truncation() {
    return truncation;
  }

  /** Returns the vocabulary of the rows that are not kept for the final test. */
  public Vocabulary vocabulary(int vocabularySize, int minCount) {
    return vocabulary(parts.flatMap(part -> words(part.texts())), vocabularySize, minCount);
  }

  /** Returns the vocabulary of the translations of these rows. */
  public Vocabulary targetVocabulary(int vocabularySize, int minCount) {
    return vocabulary(parts.flatMap(part -> words(part.translations())), vocabularySize, minCount);
  }

  private Vocabulary vocabulary(JavaRDD<Row> words, int vocabularySize, int minCount) {
    return WordCounts.vocabulary(
        spark.createDataFrame(words, WordCounts.SCHEMA), vocabularySize, minCount);
  }

  /**
   * Returns the different labels of steps, sorted, of the rows that are not kept for the final
   * test; none when rows have one label each.
   */
  public List<String> stepLabels() {
    return parts.flatMap(part -> List.of(part.labels()).iterator()).distinct().collect().stream()
        .sorted()
        .toList();
  }

  private static Iterator<Row> words(CountedTexts texts) {
    return IntStream.range(0, texts.distinctWords())
        .filter(number -> texts.count(number) > 0)
        .mapToObj(number -> RowFactory.create(texts.word(number), texts.count(number)))
        .iterator();
  }

  /**
   * Sends vocabularies to the executors; the caller frees them.
   *
   * @param targets that of translations, null for none
   */
  public Broadcast<BroadcastVocabulary> broadcast(Vocabulary vocabulary, Vocabulary targets) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .broadcast(new BroadcastVocabulary(vocabulary, targets));
  }

  /** Returns the rows that are not kept for the final test. */
  JavaRDD<ExampleRows> training(
      Broadcast<BroadcastVocabulary> words, boolean maskZero, Ngrams ngrams) {
    return rows(TextRows::learnt, words, maskZero, ngrams);
  }

  /**
   * Returns the rows that are kept for the final test.
   *
   * @param ngrams which n-grams they have beside their ids
   */
  public JavaRDD<ExampleRows> test(
      Broadcast<BroadcastVocabulary> words, boolean maskZero, Ngrams ngrams) {
    return rows(TextRows::test, words, maskZero, ngrams);
  }

  private JavaRDD<ExampleRows> rows(
      TextRows.Side side, Broadcast<BroadcastVocabulary> words, boolean maskZero, Ngrams ngrams) {
    if (ngrams.any() && !cut.keepsAll()) {
      throw new IllegalStateException(
          "reviews must be read with all of their words to have n-grams; see TokenizedRows.of");
    }
    return rows(parts, side, words, cut.padding(), maskZero, ngrams);
  }

  private static JavaRDD<ExampleRows> rows(
      JavaRDD<TextRows> parts,
      TextRows.Side side,
      Broadcast<BroadcastVocabulary> words,
      Padding padding,
      boolean maskZero,
      Ngrams ngrams) {
    return parts.map(
        part ->
            new ExampleRows(
                side.of(part).iterator(), reader(part, words.value(), padding, maskZero, ngrams)));
  }

  private static CellReader reader(
      TextRows part, BroadcastVocabulary words, Padding padding, boolean maskZero, Ngrams ngrams) {
    TokenCellReader texts =
        new TextNumberReader(part.texts(), words.vocabulary(), padding, maskZero, ngrams);
    return words.targets() == null
        ? texts
        : new PairReader(
            texts,
            new TextNumberReader(part.translations(), words.targets(), padding, maskZero, ngrams));
  }

  /** Frees what is kept; waits, so that nothing is under way when the session ends. */
  @Override
  public void close() {
    parts.unpersist(true);
  }
}

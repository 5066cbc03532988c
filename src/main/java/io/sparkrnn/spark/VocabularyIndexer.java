package io.sparkrnn.spark;

import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.params.ColumnParams;
import io.sparkrnn.spark.params.VocabularyParams;
import io.sparkrnn.spark.rows.WordCounts;
import io.sparkrnn.text.Vocabulary;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the most frequent tokens of a column and gives them ids.
 *
 * <p>Reads arrays of strings, column {@code tokens} by default, from whatever made them. Counts on
 * the executors; the driver sees the tokens that are kept and no others. Id 0 is padding, id 1 out
 * of vocabulary; from 2 on the tokens stand by falling count, equal counts by code point. Null
 * rows, null tokens and tokens that cannot stand in a {@link Vocabulary} are not counted.
 */
public final class VocabularyIndexer extends Estimator<VocabularyIndexerModel>
    implements ColumnParams<VocabularyIndexer>,
        VocabularyParams<VocabularyIndexer>,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;

  /** Creates an indexer from column {@code tokens} to column {@code ids}. */
  public VocabularyIndexer() {
    this(Identifiable$.MODULE$.randomUID("vocabularyIndexer"));
  }

  /** Creates an indexer with the given identifier. */
  public VocabularyIndexer(String uid) {
    this.uid = uid;
    VocabularyIndexerModel.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Counts the tokens.
   *
   * @throws IllegalArgumentException when the input column is missing or holds no arrays of
   *     strings, or the output column exists
   */
  @Override
  public VocabularyIndexerModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Column word = explode(Columns.named(getInputCol())).as(WordCounts.WORD);
    Vocabulary vocabulary =
        WordCounts.vocabulary(
            dataset.select(word).withColumn(WordCounts.COUNT, lit(1L)),
            getVocabularySize(),
            getMinCount());
    return copyValues(new VocabularyIndexerModel(uid, vocabulary), extractParamMap())
        .setParent(this);
  }

  /**
   * Returns the schema with the column of ids.
   *
   * @throws IllegalArgumentException when the input column is missing or holds no arrays of
   *     strings, or the output column exists
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return VocabularyIndexerModel.outputSchema(this, schema);
  }

  @Override
  public VocabularyIndexer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Returns a reader of saved indexers. */
  public static MLReader<VocabularyIndexer> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads an indexer saved by {@code write().save(path)}. */
  public static VocabularyIndexer load(String path) {
    return read().load(path);
  }
}

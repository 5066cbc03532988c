package io.sparkrnn.spark;

import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.params.ColumnParams;
import io.sparkrnn.spark.params.OptionTable;
import io.sparkrnn.spark.params.VocabularyParams;
import io.sparkrnn.text.Vocabulary;
import java.util.Objects;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Replaces tokens by their ids in a vocabulary.
 *
 * <p>Reads arrays of strings and adds arrays of ints. A null array gives null; a null token, like
 * every token outside the vocabulary, gives 1. Saved as Spark's metadata and {@code
 * vocabulary.txt}.
 */
public final class VocabularyIndexerModel extends Model<VocabularyIndexerModel>
    implements ColumnParams<VocabularyIndexerModel>,
        VocabularyParams<VocabularyIndexerModel>,
        MLWritable {
  private static final long serialVersionUID = 1;
  private static final DataType IDS = DataTypes.createArrayType(DataTypes.IntegerType, false);

  private final String uid;
  private final Vocabulary vocabulary;

  /** Creates a model of a vocabulary that exists already. */
  public VocabularyIndexerModel(Vocabulary vocabulary) {
    this(Identifiable$.MODULE$.randomUID("vocabularyIndexer"), vocabulary);
  }

  /** Creates a model with the given identifier. */
  public VocabularyIndexerModel(String uid, Vocabulary vocabulary) {
    this.uid = uid;
    this.vocabulary = Objects.requireNonNull(vocabulary, "vocabulary");
    setDefaults(this);
  }

  /** Sets the defaults of the estimator and of the model. */
  static void setDefaults(ColumnParams<?> stage) {
    OptionTable.setDefaults(stage);
    stage.setDefault(stage.inputCol(), "tokens");
    stage.setDefault(stage.outputCol(), "ids");
  }

  /** Checks and extends the schema for the estimator and for the model. */
  static StructType outputSchema(ColumnParams<?> stage, StructType schema) {
    Columns.requireStrings(schema, stage.getInputCol());
    return Columns.append(schema, stage.getOutputCol(), IDS);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Returns the tokens and their ids. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Vocabulary words = vocabulary;
    UDF1<Seq<String>, int[]> index = tokens -> tokens == null ? null : ids(tokens, words);
    return dataset.withColumn(
        getOutputCol(), functions.udf(index, IDS).apply(Columns.named(getInputCol())));
  }

  private static int[] ids(Seq<String> tokens, Vocabulary vocabulary) {
    int[] ids = new int[tokens.length()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = vocabulary.id(tokens.apply(i));
    }
    return ids;
  }

  /**
   * Returns the schema with the column of ids.
   *
   * @throws IllegalArgumentException when the input column is missing or holds no arrays of
   *     strings, or the output column exists
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return outputSchema(this, schema);
  }

  @Override
  public VocabularyIndexerModel copy(ParamMap extra) {
    return copyValues(new VocabularyIndexerModel(uid, vocabulary), extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new VocabularyIndexerWriter(this);
  }

  /** Returns a reader of saved models. */
  public static MLReader<VocabularyIndexerModel> read() {
    return new VocabularyIndexerReader();
  }

  /** Loads a model saved by {@code write().save(path)}. */
  public static VocabularyIndexerModel load(String path) {
    return read().load(path);
  }
}

package io.sparkrnn.spark;

import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.params.ColumnParams;
import io.sparkrnn.text.Tokenizer;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Cuts a column of texts into lower-case words by the rules of {@link Tokenizer}.
 *
 * <p>Reads strings, column {@code text} by default, and adds arrays of strings, column {@code
 * tokens}. A null text gives null; every row stays.
 */
public final class ReviewTokenizer extends Transformer
    implements ColumnParams<ReviewTokenizer>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;
  private static final DataType TOKENS = DataTypes.createArrayType(DataTypes.StringType, false);

  private final String uid;

  /** Creates a tokenizer from column {@code text} to column {@code tokens}. */
  public ReviewTokenizer() {
    this(Identifiable$.MODULE$.randomUID("reviewTokenizer"));
  }

  /** Creates a tokenizer with the given identifier. */
  public ReviewTokenizer(String uid) {
    this.uid = uid;
    setDefault(inputCol(), "text");
    setDefault(outputCol(), "tokens");
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Tokenizer tokenizer = new Tokenizer();
    UDF1<String, List<String>> tokenize = text -> text == null ? null : tokenizer.tokenize(text);
    return dataset.withColumn(
        getOutputCol(), functions.udf(tokenize, TOKENS).apply(Columns.named(getInputCol())));
  }

  /**
   * Returns the schema with the column of words.
   *
   * @throws IllegalArgumentException when the input column is missing or holds no strings, or the
   *     output column exists
   */
  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireString(schema, getInputCol());
    return Columns.append(schema, getOutputCol(), TOKENS);
  }

  @Override
  public ReviewTokenizer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Returns a reader of saved tokenizers. */
  public static MLReader<ReviewTokenizer> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a tokenizer saved by {@code write().save(path)}. */
  public static ReviewTokenizer load(String path) {
    return read().load(path);
  }
}

package io.sparkrnn.spark;

import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.params.ColumnParams;
import io.sparkrnn.spark.params.OptionTable;
import io.sparkrnn.spark.params.PaddingParams;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import java.util.Locale;
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
import scala.collection.Seq;

/**
 * Brings a column of id sequences to one length, as {@code keras.utils.pad_sequences} does.
 *
 * <p>Reads arrays of ints, column {@code ids} by default, and adds arrays of {@code maxLength}
 * ints, column {@code features}. A null sequence gives null, a null id counts as out of vocabulary.
 */
public final class SequencePadder extends Transformer
    implements ColumnParams<SequencePadder>, PaddingParams<SequencePadder>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;
  private static final DataType IDS = DataTypes.createArrayType(DataTypes.IntegerType, false);

  private final String uid;

  /** Creates a padder from column {@code ids} to column {@code features}. */
  public SequencePadder() {
    this(Identifiable$.MODULE$.randomUID("sequencePadder"));
  }

  /** Creates a padder with the given identifier. */
  public SequencePadder(String uid) {
    this.uid = uid;
    setDefault(inputCol(), "ids");
    setDefault(outputCol(), "features");
    OptionTable.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Padding padding = new Padding(getMaxLength(), side(getPadding()), side(getTruncating()));
    padding.requireFillable();
    UDF1<Seq<Integer>, int[]> pad = ids -> ids == null ? null : padding.pad(unboxed(ids));
    return dataset.withColumn(
        getOutputCol(), functions.udf(pad, IDS).apply(Columns.named(getInputCol())));
  }

  private static Padding.Side side(String name) {
    return Padding.Side.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static int[] unboxed(Seq<Integer> boxed) {
    int[] ids = new int[boxed.length()];
    for (int i = 0; i < ids.length; i++) {
      Integer id = boxed.apply(i);
      ids[i] = id == null ? Vocabulary.UNKNOWN_ID : id;
    }
    return ids;
  }

  /**
   * Returns the schema with the column of padded ids.
   *
   * @throws IllegalArgumentException when the input column is missing or holds no arrays of ints,
   *     or the output column exists
   */
  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireInts(schema, getInputCol());
    return Columns.append(schema, getOutputCol(), IDS);
  }

  @Override
  public SequencePadder copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Returns a reader of saved padders. */
  public static MLReader<SequencePadder> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a padder saved by {@code write().save(path)}. */
  public static SequencePadder load(String path) {
    return read().load(path);
  }
}

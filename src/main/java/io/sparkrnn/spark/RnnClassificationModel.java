package io.sparkrnn.spark;

import io.sparkrnn.io.ParameterHash;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.TaskFailures;
import io.sparkrnn.spark.params.OptionTable;
import io.sparkrnn.spark.params.ScoringParams;
import io.sparkrnn.spark.rows.BroadcastVocabulary;
import io.sparkrnn.spark.rows.CellReader;
import io.sparkrnn.spark.rows.ExampleRows;
import io.sparkrnn.spark.rows.RowColumns;
import io.sparkrnn.spark.rows.TextCellReader;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.spark.scoring.BroadcastParameters;
import io.sparkrnn.spark.scoring.ModelEvaluation;
import io.sparkrnn.spark.scoring.Scoring;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.TextEncoder;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Thresholds;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A trained network that appends predictions to a column of token ids, or of vectors.
 *
 * <p>Every input row comes out once, in its order, but for those that cannot be scored: as {@link
 * #handleInvalid} says, scoring fails, or they are left out, or they have null predictions and, in
 * {@link #reasonCol}, the reason.
 *
 * <p>{@link #attentionCol} has, beside a column of ids, one weight per id, 0 for padding unless it
 * is read like a word ({@code maskZero} false); beside a column of texts one per word that
 * truncating keeps, in their order.
 */
public final class RnnClassificationModel extends Model<RnnClassificationModel>
    implements ScoringParams<RnnClassificationModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final SavedModel saved;
  private final transient TrainingRecord summary;

  /**
   * Creates a model.
   *
   * @param uid identifier of this stage
   * @param saved topology, parameters and what belongs to them. Not modified.
   */
  public RnnClassificationModel(String uid, SavedModel saved) {
    this(uid, saved, null);
  }

  /** Creates a model that was just trained, with what happened in the training. */
  RnnClassificationModel(String uid, SavedModel saved, TrainingRecord summary) {
    this.uid = uid;
    this.saved = saved;
    this.summary = summary;
    OptionTable.setDefaults(this);
  }

  /** Creates a model with a new identifier; it needs no training on Spark. */
  public static RnnClassificationModel of(SavedModel saved) {
    return new RnnClassificationModel(Identifiable.randomUID("rnnClassificationModel"), saved);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Returns the topology. */
  public NetworkSpec network() {
    return saved.network();
  }

  /** Returns a copy of all parameters in the order of the network's layout. */
  public float[] parameters() {
    return saved.parameters().clone();
  }

  /** Returns the SHA-256 of the parameters in storage order, little endian, in hexadecimal. */
  public String parametersSha256() {
    return ParameterHash.sha256(saved.parameters());
  }

  /** Returns the course of the training, or null when it is not known. */
  public TrainingHistory history() {
    return saved.history();
  }

  /** Returns whether this model comes from a training of this session, and not from a directory. */
  public boolean hasSummary() {
    return summary != null;
  }

  /**
   * Returns what happened in the training: rows, refusals, epochs, time. It is not saved.
   *
   * @throws IllegalStateException if there is none, see {@link #hasSummary}
   */
  public TrainingRecord summary() {
    if (summary == null) {
      throw new IllegalStateException(
          "the model must come from fit to have a summary; it was read or made without training");
    }
    return summary;
  }

  /** Returns the names of the classes, empty when they have none. */
  public List<String> labels() {
    return saved.labels();
  }

  /** Returns how text becomes ids, or null when the model does not say. */
  public TextSettings text() {
    return saved.text();
  }

  /** Returns the tokens by id, or null when the model does not say. */
  public Vocabulary vocabulary() {
    return saved.vocabulary();
  }

  /** Returns the model without Spark, as plain Java reads it from a model directory. Not a copy. */
  public SavedModel toLocal() {
    return saved;
  }

  /**
   * Returns this model with what it takes to score raw text.
   *
   * @throws IllegalArgumentException if the vocabulary does not fit the network
   */
  public RnnClassificationModel withText(TextSettings text, Vocabulary vocabulary) {
    return with(saved.withText(text, vocabulary));
  }

  /**
   * Returns this model with names of its classes, in the order of their indices.
   *
   * @throws IllegalArgumentException if their number is not that of the classes
   */
  public RnnClassificationModel withLabels(List<String> labels) {
    return with(saved.withLabels(labels));
  }

  private RnnClassificationModel with(SavedModel other) {
    return copyValues(new RnnClassificationModel(uid, other, summary), ParamMap.empty())
        .setParent(parent());
  }

  /**
   * Returns a pipeline that scores raw text: tokenizer, vocabulary, padder and this model.
   *
   * <p>Its columns in between are {@code _tokens}, {@code _ids} and {@link #featuresCol}.
   *
   * @param textCol column of texts
   * @throws IllegalStateException if this model has no text settings or no vocabulary
   * @throws InputException if it has a wide branch, see {@link #transformText}
   */
  public PipelineModel textPipeline(String textCol) {
    requireText();
    requireNoWide();
    Padding padding = text().padding();
    List<Transformer> stages =
        List.of(
            new ReviewTokenizer().setInputCol(textCol).setOutputCol("_tokens"),
            new VocabularyIndexerModel(vocabulary()).setInputCol("_tokens").setOutputCol("_ids"),
            new SequencePadder()
                .setInputCol("_ids")
                .setOutputCol(getFeaturesCol())
                .setMaxLength(padding.maxLength())
                .setPadding(padding.padding().name().toLowerCase(Locale.ROOT))
                .setTruncating(padding.truncating().name().toLowerCase(Locale.ROOT)),
            this);
    return new PipelineModel(Identifiable.randomUID("textPipeline"), stages);
  }

  /** Returns {@link #textPipeline(String)} for the column {@code text}. */
  public PipelineModel textPipeline() {
    return textPipeline("text");
  }

  @Override
  public StructType transformSchema(StructType schema) {
    requireNoWide();
    return ScoringPlan.of(this, network(), schema).append(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    requireNoWide();
    return score(
        dataset, ScoringPlan.of(this, network(), dataset.schema()), featureReaders(dataset));
  }

  /**
   * Appends predictions to a column of texts: what {@link #textPipeline(String)} does, in one pass
   * and without columns in between.
   *
   * @throws IllegalStateException if this model has no text settings or no vocabulary
   * @throws InputException if there is no such column or it holds no strings
   */
  public Dataset<Row> transformText(Dataset<?> dataset, String textCol) {
    ScoringPlan plan = ScoringPlan.ofText(this, network(), dataset.schema(), textCol);
    return score(dataset, plan, textReaders(broadcastVocabulary(dataset)));
  }

  private Dataset<Row> score(Dataset<?> dataset, ScoringPlan plan, CellReader.Factory readers) {
    return Scoring.append(
        dataset.toDF(),
        plan,
        broadcast(dataset, new BroadcastParameters(saved.parameters(), saved.wide())),
        readers);
  }

  /**
   * Evaluates this model on labelled rows, on the executors; rows that cannot be used are counted.
   *
   * @throws InputException if a column is missing
   */
  public Evaluation evaluate(Dataset<?> dataset) {
    requireNoWide();
    Columns.requireFeatures(dataset.schema(), getFeaturesCol(), network().input());
    return evaluate(dataset, getFeaturesCol(), featureReaders(dataset));
  }

  /**
   * Evaluates this model on labelled texts, as {@link #evaluate} does on ids.
   *
   * @throws IllegalStateException if this model has no text settings or no vocabulary
   * @throws InputException if a column is missing
   */
  public Evaluation evaluateText(Dataset<?> dataset, String textCol) {
    Columns.requireString(dataset.schema(), textCol);
    Broadcast<BroadcastVocabulary> words = broadcastVocabulary(dataset);
    try {
      return evaluate(dataset, textCol, textReaders(words));
    } finally {
      words.destroy();
    }
  }

  /**
   * Evaluates this model on the rows that are kept for the final test.
   *
   * @throws IllegalStateException if this model has no text settings or no vocabulary
   */
  public Evaluation evaluateTest(TokenizedRows rows) {
    requireText();
    Broadcast<BroadcastVocabulary> words = rows.broadcast(vocabulary());
    try {
      boolean maskZero = ((InputSpec.Tokens) network().input()).maskZero();
      return evaluate(rows.test(words, maskZero, saved.ngrams()));
    } finally {
      words.destroy();
    }
  }

  private Evaluation evaluate(Dataset<?> dataset, String inputCol, CellReader.Factory readers) {
    Columns.requireNumber(dataset.schema(), getLabelCol());
    Column[] columns = new RowColumns(inputCol, getLabelCol()).of(dataset.schema());
    return evaluate(ExampleRows.of(dataset.select(columns).toDF().javaRDD(), readers));
  }

  private Evaluation evaluate(JavaRDD<ExampleRows> examples) {
    Thresholds thresholds = ScoringPlan.thresholds(this, network());
    Broadcast<BroadcastParameters> parameters =
        JavaSparkContext.fromSparkContext(examples.context())
            .broadcast(new BroadcastParameters(saved.parameters(), saved.wide()));
    try {
      return ModelEvaluation.evaluate(network(), thresholds, examples, parameters);
    } catch (InputException e) {
      throw e;
    } catch (Exception e) {
      throw TaskFailures.explained(e);
    } finally {
      parameters.destroy();
    }
  }

  private CellReader.Factory featureReaders(Dataset<?> dataset) {
    InputSpec input = network().input();
    boolean ofTexts = Columns.areReviews(dataset.schema());
    return () -> CellReader.of(input, ofTexts);
  }

  private Broadcast<BroadcastVocabulary> broadcastVocabulary(Dataset<?> dataset) {
    requireText();
    return broadcast(dataset, new BroadcastVocabulary(vocabulary()));
  }

  private CellReader.Factory textReaders(Broadcast<BroadcastVocabulary> words) {
    InputSpec.Tokens input = (InputSpec.Tokens) network().input();
    Padding padding = text().padding();
    Ngrams ngrams = saved.ngrams();
    return () ->
        new TextCellReader(
            new TextEncoder(words.value().vocabulary(), padding, input.maskZero(), ngrams),
            ngrams.any());
  }

  /** Columns of ids have no n-grams. */
  private void requireNoWide() {
    if (saved.wide() != null) {
      throw new InputException(
          "the model's wide branch reads the n-grams of texts, got a column of token ids; use transformText or evaluateText");
    }
  }

  private void requireText() {
    if (text() == null || vocabulary() == null) {
      throw new IllegalStateException(
          "the model must have text settings and a vocabulary to score text; it was trained on a column of features");
    }
  }

  private static <T> Broadcast<T> broadcast(Dataset<?> dataset, T value) {
    return JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
        .broadcast(value);
  }

  @Override
  public RnnClassificationModel copy(ParamMap extra) {
    return copyValues(new RnnClassificationModel(uid, saved, summary), extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new RnnModelWriter(this);
  }

  /** Returns a reader of saved models. */
  public static MLReader<RnnClassificationModel> read() {
    return new RnnModelReader();
  }

  /** Loads a model saved by {@code write().save(path)} from any Hadoop file system. */
  public static RnnClassificationModel load(String path) {
    return read().load(path);
  }
}

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
import io.sparkrnn.spark.rows.AudioFiles;
import io.sparkrnn.spark.rows.BroadcastVocabulary;
import io.sparkrnn.spark.rows.CellReader;
import io.sparkrnn.spark.rows.ExampleRows;
import io.sparkrnn.spark.rows.FeatureCells;
import io.sparkrnn.spark.rows.PairReader;
import io.sparkrnn.spark.rows.RowColumns;
import io.sparkrnn.spark.rows.RowGroups;
import io.sparkrnn.spark.rows.TextCellReader;
import io.sparkrnn.spark.rows.TokenReader;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.spark.scoring.BroadcastParameters;
import io.sparkrnn.spark.scoring.ModelEvaluation;
import io.sparkrnn.spark.scoring.Scoring;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.spark.scoring.Translating;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.TextEncoder;
import io.sparkrnn.text.TextUnit;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Thresholds;
import io.sparkrnn.train.translation.Beam;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What all trained networks of this project are as stages: a topology with parameters and all that
 * using it takes, which scores, evaluates and is saved the same way whatever its task.
 *
 * @param <M> the class of the model
 */
public abstract class RnnModel<M extends RnnModel<M>> extends Model<M>
    implements ScoringParams<M>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final SavedModel saved;
  private final transient TrainingRecord summary;

  RnnModel(String uid, SavedModel saved, TrainingRecord summary) {
    this.uid = uid;
    this.saved = saved;
    this.summary = summary;
    OptionTable.setDefaults(this);
  }

  /**
   * Loads a model of any task, saved by {@code write().save(path)} on any Hadoop file system.
   *
   * @throws InputException if there is none, or it cannot be read
   */
  public static RnnModel<?> loadAny(SparkSession spark, String path) {
    return RnnModelReader.loadAny(path, spark.sparkContext().hadoopConfiguration());
  }

  /** Returns a model of the same class. */
  abstract M of(String uid, SavedModel saved, TrainingRecord summary);

  /** Returns whether rows need labels to be evaluated on. */
  public final boolean needsLabels() {
    return !labelColumn().isEmpty();
  }

  /** Returns the column of labels; empty where a task needs none. */
  abstract String labelColumn();

  /** Returns whether rows have a label for each step, and words that come one by one. */
  public boolean labelsSteps() {
    return false;
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

  /** Returns how text becomes ids, or null when the model does not say. */
  public TextSettings text() {
    return saved.text();
  }

  /** Returns the tokens by id, or null when the model does not say. */
  public Vocabulary vocabulary() {
    return saved.vocabulary();
  }

  /** Returns the tokens of translations by id, or null when the model translates nothing. */
  public Vocabulary targets() {
    return saved.targets();
  }

  /** Returns how translations are searched for; null where a task has none. */
  Beam search() {
    return null;
  }

  /** Returns the column of translations; empty where a task has none. */
  String translationColumn() {
    return "";
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
  public M withText(TextSettings text, Vocabulary vocabulary) {
    return with(saved.withText(text, vocabulary));
  }

  final M with(SavedModel other) {
    return copyValues(of(uid, other, summary), ParamMap.empty()).setParent(parent());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    requireNoWide();
    return plan(schema).append(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    requireNoWide();
    return score(dataset, plan(dataset.schema()), featureReaders(dataset));
  }

  /**
   * Appends predictions to a column of texts: what {@link #textPipeline(String)} does, in one pass
   * and without columns in between.
   *
   * @throws IllegalStateException if this model has no text settings or no vocabulary
   * @throws InputException if there is no such column or it holds no strings
   */
  public Dataset<Row> transformText(Dataset<?> dataset, String textCol) {
    ScoringPlan plan =
        ScoringPlan.ofText(this, network(), dataset.schema(), textCol).translating(translating());
    return score(dataset, plan, textReaders(broadcastVocabulary(dataset)));
  }

  private Dataset<Row> score(Dataset<?> dataset, ScoringPlan plan, CellReader.Factory readers) {
    return Scoring.append(dataset.toDF(), plan, broadcast(dataset, broadcastParameters()), readers);
  }

  private BroadcastParameters broadcastParameters() {
    BroadcastVocabulary words =
        saved.targets() == null ? null : new BroadcastVocabulary(vocabulary(), saved.targets());
    return new BroadcastParameters(saved.parameters(), saved.wide(), words);
  }

  private Translating translating() {
    return search() == null ? null : new Translating(text(), search());
  }

  /**
   * Evaluates this model on labelled rows, on the executors; rows that cannot be used are counted.
   *
   * @throws InputException if a column is missing
   */
  public Evaluation evaluate(Dataset<?> dataset) {
    requireNoWide();
    return evaluate(dataset, plan(dataset.schema()).inputCol(), featureReaders(dataset));
  }

  final ScoringPlan plan(StructType schema) {
    checkAudio();
    return ScoringPlan.of(this, network(), schema).with(saved.alphabet(), transcriptBeam());
  }

  private void checkAudio() {
    if (!getAudioCol().isEmpty() && !saved.features().isAudio()) {
      throw new InputException(
          "audioCol must be empty for a model that reads no audio, got '" + getAudioCol() + "'");
    }
    if (getAudioCol().isEmpty() && saved.features().isAudio()) {
      throw new InputException("audioCol must name a column for a model that reads audio");
    }
  }

  /** Returns how many beginnings of labels are followed when rows are transcribed. */
  int transcriptBeam() {
    return 1;
  }

  /** Returns whether labels are strings or arrays, which nothing but this model reads. */
  public boolean readsLabelsAsTheyAre() {
    return false;
  }

  final Evaluation evaluate(Dataset<?> dataset, RowColumns columns, CellReader.Factory readers) {
    Column[] selected = columns.of(dataset.schema());
    return evaluate(ExampleRows.of(dataset.select(selected).toDF().javaRDD(), readers));
  }

  /**
   * Evaluates this model on labelled texts, as {@link #evaluate} does on ids.
   *
   * @throws IllegalStateException if this model has no text settings or no vocabulary
   * @throws InputException if a column is missing
   */
  public Evaluation evaluateText(Dataset<?> dataset, String textCol) {
    if (labelsSteps()) {
      Columns.requireWords(dataset.schema(), textCol);
    } else {
      Columns.requireString(dataset.schema(), textCol);
    }
    Broadcast<BroadcastVocabulary> words = broadcastVocabulary(dataset);
    try {
      return evaluate(
          dataset,
          textCol,
          translationColumn().isEmpty() ? textReaders(words) : pairReaders(words));
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
    Broadcast<BroadcastVocabulary> words = rows.broadcast(vocabulary(), targets());
    try {
      boolean maskZero = ((InputSpec.Tokens) network().input()).maskZero();
      return evaluate(rows.test(words, maskZero, saved.ngrams()));
    } finally {
      words.destroy();
    }
  }

  private Evaluation evaluate(Dataset<?> dataset, String inputCol, CellReader.Factory readers) {
    if (labelsSteps()) {
      Columns.requireWords(dataset.schema(), labelColumn());
    } else if (!labelColumn().isEmpty()) {
      Columns.requireNumber(dataset.schema(), labelColumn());
    }
    RowColumns columns =
        new RowColumns(inputCol, labelColumn(), "", "", RowGroups.none(0), translationColumn())
            .labellingSteps(labelsSteps());
    return evaluate(dataset, columns, readers);
  }

  private Evaluation evaluate(JavaRDD<ExampleRows> examples) {
    Thresholds thresholds = ScoringPlan.thresholds(this, network());
    Broadcast<BroadcastParameters> parameters =
        JavaSparkContext.fromSparkContext(examples.context()).broadcast(broadcastParameters());
    try {
      return ModelEvaluation.evaluate(network(), thresholds, translating(), examples, parameters);
    } catch (InputException e) {
      throw e;
    } catch (Exception e) {
      throw TaskFailures.explained(e);
    } finally {
      parameters.destroy();
    }
  }

  final CellReader.Factory featureReaders(Dataset<?> dataset) {
    return new FeatureCells(
        network().input(),
        Columns.areReviews(dataset.schema()),
        saved.features(),
        getAudioCol().isEmpty()
            ? null
            : new AudioFiles(
                getAudioDirectory(), dataset.sparkSession().sessionState().newHadoopConf()));
  }

  private Broadcast<BroadcastVocabulary> broadcastVocabulary(Dataset<?> dataset) {
    requireText();
    return broadcast(dataset, new BroadcastVocabulary(vocabulary(), targets()));
  }

  private CellReader.Factory textReaders(Broadcast<BroadcastVocabulary> words) {
    InputSpec.Tokens input = (InputSpec.Tokens) network().input();
    Padding padding = text().padding();
    Ngrams ngrams = saved.ngrams();
    TextUnit unit = text().unit();
    if (unit == TextUnit.GIVEN) {
      return () -> new TokenReader(words.value().vocabulary());
    }
    return () ->
        new TextCellReader(
            new TextEncoder(unit, words.value().vocabulary(), padding, input.maskZero(), ngrams),
            ngrams.any());
  }

  private CellReader.Factory pairReaders(Broadcast<BroadcastVocabulary> words) {
    Padding padding = text().padding();
    TextUnit unit = text().unit();
    return () ->
        new PairReader(
            reader(unit, words.value().vocabulary(), padding),
            reader(unit, words.value().targets(), padding));
  }

  private static TextCellReader reader(TextUnit unit, Vocabulary vocabulary, Padding padding) {
    return new TextCellReader(
        new TextEncoder(unit, vocabulary, padding, true, Ngrams.none()), false);
  }

  /** Columns of ids have no n-grams. */
  final void requireNoWide() {
    if (saved.wide() != null) {
      throw new InputException(
          "the model's wide branch reads the n-grams of texts, got a column of token ids; use transformText or evaluateText");
    }
  }

  final void requireText() {
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
  public M copy(ParamMap extra) {
    return copyValues(of(uid, saved, summary), extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new RnnModelWriter(this);
  }
}

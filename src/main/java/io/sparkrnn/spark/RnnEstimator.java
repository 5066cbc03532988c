package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.features.FeatureSettings;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.NetworkSetup;
import io.sparkrnn.spark.params.OptionTable;
import io.sparkrnn.spark.params.TrainingParams;
import io.sparkrnn.spark.params.TrainingSetup;
import io.sparkrnn.spark.rows.AudioFiles;
import io.sparkrnn.spark.rows.CellReader;
import io.sparkrnn.spark.rows.FeatureCells;
import io.sparkrnn.spark.rows.LabelRule;
import io.sparkrnn.spark.rows.PackingPlan;
import io.sparkrnn.spark.rows.RowChecks;
import io.sparkrnn.spark.rows.RowColumns;
import io.sparkrnn.spark.rows.RowGroups;
import io.sparkrnn.spark.rows.ShardSummary;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.spark.training.CheckpointPlan;
import io.sparkrnn.spark.training.DistributedTrainer;
import io.sparkrnn.spark.training.InitialModel;
import io.sparkrnn.spark.training.OverheadWarning;
import io.sparkrnn.spark.training.PretrainedVectors;
import io.sparkrnn.spark.training.RefusalWarning;
import io.sparkrnn.spark.training.SelfTraining;
import io.sparkrnn.spark.training.TrainingPlan;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.TrainingRecorder;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.preflight.Preflight;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What all estimators of this project are: rows become shards, shards train side by side, a model
 * comes out. A task says which rows it reads, how its network ends and what its model is.
 *
 * @param <E> the class of the estimator
 * @param <M> the class of its model
 */
public abstract class RnnEstimator<E extends RnnEstimator<E, M>, M extends RnnModel<M>>
    extends Estimator<M> implements TrainingParams<E>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** Learning rate of Adam in pretraining. */
  private static final double PRETRAINING_RATE = 0.002;

  private final String uid;
  private transient TrainingListener listener = TrainingListener.silent();
  private transient Vocabulary vocabulary;

  RnnEstimator(String uid) {
    this.uid = uid;
    OptionTable.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Returns which labels are good. */
  abstract LabelRule labels();

  /** Returns the column of labels; empty where a task needs none. */
  abstract String labelColumn();

  /** Returns whether rows need labels to be trained on. */
  public final boolean needsLabels() {
    return !labelColumn().isEmpty();
  }

  /** Returns whether rows without a label are learnt from. */
  public final boolean learnsUnlabelled() {
    return getPretraining() > 0 || getSelfTraining() > 0;
  }

  /** Returns whether labels are strings or arrays, which nothing but the training reads. */
  public boolean readsLabelsAsTheyAre() {
    return false;
  }

  /** Returns the columns that texts are trained on by. */
  public final RowColumns columns(String textCol) {
    return new RowColumns(
        textCol,
        labelColumn(),
        getWeightCol(),
        getValidationIndicatorCol(),
        new RowGroups(groupColumn(), getValidationSplit(), getSeed()),
        translationColumn(),
        labelsSteps());
  }

  /** Returns the column of translations; empty where a task has none. */
  String translationColumn() {
    return "";
  }

  /** Returns the column whose equal rows stay together; empty for none. */
  String groupColumn() {
    return getGroupCol();
  }

  /** Returns the ids of the words of translations; null where a task has none. */
  Vocabulary targets() {
    return null;
  }

  /** Returns whether rows have a label for each step, and words that come one by one. */
  public boolean labelsSteps() {
    return false;
  }

  /** Returns the column of the texts, or of the words, that a table of texts is trained on. */
  public String textColumn(String textCol) {
    return textCol;
  }

  /** Returns the column of what the network reads in a table that is no text. */
  String featuresColumn() {
    return getAudioCol().isEmpty() ? getFeaturesCol() : getAudioCol();
  }

  /** Learns what of the labels must be known before rows are packed. */
  void learnLabels(TokenizedRows rows) {}

  /** Learns the same of a table. */
  void learnLabels(Dataset<?> rows) {}

  /**
   * Returns the head for the labels that were found.
   *
   * @param head as the parameters describe it
   */
  HeadSpec head(HeadSpec head, ShardSummary found) {
    return head;
  }

  /** Returns a new model. */
  abstract M model(String uid, SavedModel saved, TrainingRecord record);

  /** Returns the schema with what the model appends. */
  abstract StructType appended(StructType schema);

  /**
   * Returns the configuration the parameters describe, but for {@link #classWeight}, which needs
   * the rows, and for the rounds of more rows than IMDB has.
   *
   * @param classes number of classes, at least 2; not used where a task has none
   * @throws IllegalArgumentException if parameters contradict each other
   */
  public TrainingConfig trainingConfig(int classes) {
    return TrainingSetup.config(this, classes, 0);
  }

  /** Sets who is told how training goes on; not a parameter, and not saved. */
  @SuppressWarnings("unchecked")
  public E setListener(TrainingListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return (E) this;
  }

  /**
   * Sets the words of the ids, which {@link #pretrainedVectors} needs; not a parameter, and not
   * saved.
   */
  @SuppressWarnings("unchecked")
  public E setVocabulary(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    return (E) this;
  }

  /**
   * Reads the beginning of the file of {@link #pretrainedVectors}, if there is one, to tell before
   * any work is done whether it can be used.
   *
   * @throws InputException if it cannot
   */
  public void checkPretrainedVectors(SparkSession spark) {
    if (!getPretrainedVectors().isEmpty()) {
      vectors().check(spark.sessionState().newHadoopConf());
    }
  }

  /** Returns the words of the ids, or null. */
  final Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Returns what the parameters say now; later changes to them do not show in it. */
  TrainingPlan plan() {
    return plan(columns());
  }

  private TrainingPlan plan(RowColumns columns) {
    E now = copy(ParamMap.empty());
    LabelRule labels = labels();
    return new TrainingPlan(
        uid(),
        new PackingPlan(
            columns,
            NetworkSetup.input(this),
            labels,
            getShards(),
            groupColumn().isEmpty() ? getValidationSplit() : 0,
            getSeed(),
            TrainingSetup.ngrams(this),
            learnsUnlabelled()),
        getShards(),
        getThreadsPerTask(),
        checks(labels),
        (shards, found) -> {
          E sharded = now.copy(ParamMap.empty()).setShards(shards);
          TrainingConfig config =
              TrainingSetup.config(sharded, found.classes(), found.trainingRows());
          HeadSpec head = now.head(config.network().head(), found);
          return TrainingSetup.weighted(
              config.with(config.network().with(head)), sharded, found.classCounts());
        },
        network -> ScoringPlan.thresholds(now, network),
        getPretraining() == 0 ? null : language().plan(),
        standardizes(),
        new SelfTraining(getSelfTraining(), getSelfTrainingFraction()),
        getInitialModel().isEmpty() ? null : new InitialModel.Saved(getInitialModel(), vocabulary),
        getPretrainedVectors().isEmpty() ? null : vectors(),
        new CheckpointPlan(
            getCheckpointDir(),
            getCheckpointInterval(),
            getCheckpointRounds(),
            getCheckpointMinutes(),
            getCheckpointsToKeep(),
            getResume()),
        getAggregationDepth());
  }

  /** Returns the language model of this estimator's words and layers. */
  private RnnLanguageModel language() {
    RnnLanguageModel language = new RnnLanguageModel(uid);
    NetworkSetup.setDefaults(language, trainingConfig(2).network());
    String checkpoints = getCheckpointDir();
    return language
        .setVocabularySize(getVocabularySize())
        .setVocabulary(vocabulary)
        .setInitialModel(getInitialModel())
        .setPretrainedVectors(getPretrainedVectors())
        .setMissingVectors(getMissingVectors())
        .setMaxIter(getPretraining())
        .setOptimizer("adam")
        .setStepSize(PRETRAINING_RATE)
        .setSchedule("cosine")
        .setGlobalClipnorm(1)
        .setShards(getShards())
        .setThreadsPerTask(getThreadsPerTask())
        .setAggregationDepth(getAggregationDepth())
        .setMaxRefusedFraction(getMaxRefusedFraction())
        .setCheckpointDir(checkpoints.isEmpty() ? "" : checkpoints + "/pretraining")
        .setCheckpointInterval(getCheckpointInterval())
        .setCheckpointRounds(getCheckpointRounds())
        .setCheckpointMinutes(getCheckpointMinutes())
        .setCheckpointsToKeep(getCheckpointsToKeep())
        .setResume(getResume())
        .setSeed(getSeed());
  }

  /** Returns what the rows together must be like. */
  RowChecks checks(LabelRule labels) {
    return new RowChecks(labelColumn(), labels, getMaxRefusedFraction());
  }

  final RowColumns columns() {
    return columns(featuresColumn());
  }

  private FeatureSettings features() {
    try {
      NetworkSetup.input(this);
      return NetworkSetup.features(this);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  final FeatureCells cells(Dataset<?> dataset) {
    return new FeatureCells(
        NetworkSetup.input(this),
        Columns.areReviews(dataset.schema()),
        features(),
        getAudioCol().isEmpty()
            ? null
            : new AudioFiles(
                getAudioDirectory(), dataset.sparkSession().sessionState().newHadoopConf()));
  }

  /** Returns whether vectors are standardized by what is learnt of the training rows. */
  boolean standardizes() {
    return NetworkSetup.input(this) instanceof InputSpec.Vectors && getStandardize();
  }

  private PretrainedVectors vectors() {
    return new PretrainedVectors(
        getPretrainedVectors(),
        getMissingVectors(),
        vocabulary,
        getVocabularySize(),
        getEmbeddingSize());
  }

  /**
   * Trains a model. Rows that cannot be used are left out, with a warning in the log; {@link
   * RnnModel#summary} counts them.
   *
   * @throws InputException if columns or rows cannot be trained on
   * @throws io.sparkrnn.train.TrainingException if training fails, such as by a loss that is NaN
   */
  @Override
  public M fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    if (getWide()) {
      throw new InputException(
          "wide must be false for a column of ids, which has no n-grams; fit(TokenizedRows) and submit/train read texts");
    }
    return fitRows(dataset);
  }

  /** Trains on a table that was checked. */
  final M fitRows(Dataset<?> dataset) {
    learnLabels(dataset);
    TrainingListener log = TrainingListener.all(new RefusalWarning(), OverheadWarning.inLog());
    Prepared prepared = prepared(dataset);
    return fit(
        plan(prepared.columns()),
        trainer -> trainer.train(prepared.rows(), prepared.readers()),
        log);
  }

  /**
   * A table as it is packed.
   *
   * @param rows the table
   * @param columns names of its columns
   * @param readers make readers of its features
   */
  record Prepared(Dataset<?> rows, RowColumns columns, CellReader.Factory readers) {}

  /** Returns a table as it is packed. */
  Prepared prepared(Dataset<?> dataset) {
    return new Prepared(dataset, columns(), cells(dataset));
  }

  /**
   * Trains a model on reviews that are cut into words, whose ids {@link #setVocabulary} has given.
   *
   * @throws InputException if the reviews cannot be trained on
   * @throws io.sparkrnn.train.TrainingException if training fails, such as by a loss that is NaN
   */
  public M fit(TokenizedRows reviews) {
    checkParams();
    learnLabels(reviews);
    return fit(
        plan(),
        trainer -> trainer.train(reviews, vocabulary, targets()),
        TrainingListener.silent());
  }

  /**
   * Returns what {@link #fit(TokenizedRows)} would be like and how long it would take. Trains
   * nothing and writes nothing.
   *
   * @throws InputException if the reviews cannot be trained on
   */
  public Preflight foresee(TokenizedRows reviews) {
    checkParams();
    learnLabels(reviews);
    return new DistributedTrainer(plan(), listener, System::nanoTime)
        .foresee(reviews, vocabulary, targets());
  }

  /**
   * Returns the same for the rows of a table.
   *
   * @throws InputException if columns or rows cannot be trained on
   */
  public Preflight foresee(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return foreseeRows(dataset);
  }

  /** Returns what training on a table that was checked would be like. */
  final Preflight foreseeRows(Dataset<?> dataset) {
    learnLabels(dataset);
    Prepared prepared = prepared(dataset);
    return new DistributedTrainer(plan(prepared.columns()), listener, System::nanoTime)
        .foresee(prepared.rows(), prepared.readers());
  }

  /** Returns a trainer that trains nothing, for what a training would be like. */
  final DistributedTrainer foreseer() {
    return new DistributedTrainer(plan(), listener, System::nanoTime);
  }

  final M fit(
      Function<DistributedTrainer, DistributedTrainer.Trained> training, TrainingListener log) {
    return fit(plan(), training, log);
  }

  private M fit(
      TrainingPlan plan,
      Function<DistributedTrainer, DistributedTrainer.Trained> training,
      TrainingListener log) {
    TrainingRecorder recorder = new TrainingRecorder();
    DistributedTrainer.Trained trained =
        training.apply(
            new DistributedTrainer(
                plan, TrainingListener.all(listener, recorder, log), System::nanoTime));
    SavedModel saved = trained.toModel().withFeatures(features().with(trained.standardization()));
    return copyValues(model(uid, saved, recorder.record()), ParamMap.empty()).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    checkColumns(schema);
    checkParams();
    return appended(schema);
  }

  /** Checks that a table has the columns that are read. */
  void checkColumns(StructType schema) {
    checkFeatures(schema);
    columns().checkOthers(schema, needsLabels());
  }

  void checkFeatures(StructType schema) {
    if (getAudioCol().isEmpty()) {
      Columns.requireFeatures(schema, getFeaturesCol(), NetworkSetup.input(this));
    } else {
      Columns.requireAudio(schema, getAudioCol());
    }
  }

  /**
   * Checks that the parameters fit each other and the task.
   *
   * @throws InputException if they do not
   */
  public void checkParams() {
    TrainingSetup.checkValidation(this);
    features();
    ScoringPlan.checkAttention(getAttentionCol(), NetworkSetup.pooling(this));
    if (getPretraining() > 0) {
      language().trainingConfig(2);
    }
    if (getSelfTraining() > 0 && labels().areNumbers()) {
      throw new InputException(
          "selfTraining must be 0 for numbers, which no model is certain of, got "
              + getSelfTraining());
    }
  }

  @Override
  public E copy(ParamMap extra) {
    return this.<E>defaultCopy(extra).setListener(listener).setVocabulary(vocabulary);
  }
}

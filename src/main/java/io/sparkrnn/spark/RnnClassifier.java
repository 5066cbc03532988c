package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.NetworkSetup;
import io.sparkrnn.spark.params.OptionTable;
import io.sparkrnn.spark.params.TrainingParams;
import io.sparkrnn.spark.params.TrainingSetup;
import io.sparkrnn.spark.rows.LabelRule;
import io.sparkrnn.spark.rows.PackingPlan;
import io.sparkrnn.spark.rows.RowChecks;
import io.sparkrnn.spark.rows.RowColumns;
import io.sparkrnn.spark.rows.RowGroups;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.spark.training.CheckpointPlan;
import io.sparkrnn.spark.training.DistributedTrainer;
import io.sparkrnn.spark.training.InitialModel;
import io.sparkrnn.spark.training.OverheadWarning;
import io.sparkrnn.spark.training.PretrainedVectors;
import io.sparkrnn.spark.training.RefusalWarning;
import io.sparkrnn.spark.training.TrainingPlan;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.TrainingRecorder;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.preflight.Preflight;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a recurrent network on a column of token ids or, when {@link #vectorSize} is set, of
 * vectors, distributed over Spark's executors.
 *
 * <p>Labels are class indices, or numbers when {@link #loss} is mean_squared_error. Rows are
 * assigned to {@link #shards} by their content; each round every shard trains on its own and the
 * driver averages. The result depends on rows, parameters and seed, not on partitions, executors or
 * lost tasks.
 */
public final class RnnClassifier extends Estimator<RnnClassificationModel>
    implements TrainingParams<RnnClassifier>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private transient TrainingListener listener = TrainingListener.silent();
  private transient Vocabulary vocabulary;

  /** Creates a classifier with the default parameters. */
  public RnnClassifier() {
    this(Identifiable.randomUID("rnnClassifier"));
  }

  /** Creates a classifier with the given identifier and the default parameters. */
  public RnnClassifier(String uid) {
    this.uid = uid;
    OptionTable.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Returns the configuration the parameters describe, but for {@link #classWeight}, which needs
   * the rows, and for the rounds of more rows than IMDB has.
   *
   * @param classes number of classes, at least 2; not used for mean_squared_error
   * @throws IllegalArgumentException if parameters contradict each other
   */
  public TrainingConfig trainingConfig(int classes) {
    return TrainingSetup.config(this, classes, 0);
  }

  /** Sets who is told how training goes on; not a parameter, and not saved. */
  public RnnClassifier setListener(TrainingListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Sets the words of the ids, which {@link #pretrainedVectors} needs; not a parameter, and not
   * saved.
   */
  public RnnClassifier setVocabulary(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    return this;
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

  /** Returns what the parameters say now; later changes to them do not show in it. */
  TrainingPlan plan() {
    RnnClassifier now = copy(ParamMap.empty());
    LabelRule labels = new LabelRule(NetworkSetup.head(this, LabelRule.MAX_CLASSES).classes());
    return new TrainingPlan(
        uid(),
        new PackingPlan(
            columns(),
            NetworkSetup.input(this),
            labels,
            getShards(),
            getGroupCol().isEmpty() ? getValidationSplit() : 0,
            getSeed(),
            TrainingSetup.ngrams(this)),
        getShards(),
        getThreadsPerTask(),
        new RowChecks(getLabelCol(), labels, getMaxRefusedFraction()),
        (shards, found) -> {
          RnnClassifier sharded = now.copy(ParamMap.empty()).setShards(shards);
          TrainingConfig config =
              TrainingSetup.config(sharded, found.classes(), found.trainingRows());
          return TrainingSetup.weighted(config, sharded, found.classCounts());
        },
        network -> ScoringPlan.thresholds(now, network),
        getInitialModel().isEmpty() ? null : new InitialModel(getInitialModel(), vocabulary),
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

  private RowColumns columns() {
    return columns(getFeaturesCol());
  }

  /** Returns the columns of a training on a column other than {@link #featuresCol}. */
  public RowColumns columns(String featuresCol) {
    return new RowColumns(
        featuresCol,
        getLabelCol(),
        getWeightCol(),
        getValidationIndicatorCol(),
        new RowGroups(getGroupCol(), getValidationSplit(), getSeed()));
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
   * RnnClassificationModel#summary} counts them.
   *
   * @throws InputException if columns or rows cannot be trained on
   * @throws io.sparkrnn.train.TrainingException if training fails, such as by a loss that is NaN
   */
  @Override
  public RnnClassificationModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    if (getWide()) {
      throw new InputException(
          "wide must be false for a column of ids, which has no n-grams; fit(TokenizedRows) and submit/train read texts");
    }
    TrainingListener log = TrainingListener.all(new RefusalWarning(), OverheadWarning.inLog());
    return fit(trainer -> trainer.train(dataset), log);
  }

  /**
   * Trains a model on reviews that are cut into words, whose ids {@link #setVocabulary} has given.
   *
   * @throws InputException if the reviews cannot be trained on
   * @throws io.sparkrnn.train.TrainingException if training fails, such as by a loss that is NaN
   */
  public RnnClassificationModel fit(TokenizedRows reviews) {
    checkParams();
    return fit(trainer -> trainer.train(reviews, vocabulary), TrainingListener.silent());
  }

  /**
   * Returns what {@link #fit(TokenizedRows)} would be like and how long it would take. Trains
   * nothing and writes nothing.
   *
   * @throws InputException if the reviews cannot be trained on
   */
  public Preflight foresee(TokenizedRows reviews) {
    checkParams();
    return new DistributedTrainer(plan(), listener, System::nanoTime).foresee(reviews, vocabulary);
  }

  private RnnClassificationModel fit(
      Function<DistributedTrainer, DistributedTrainer.Trained> training, TrainingListener log) {
    TrainingRecorder recorder = new TrainingRecorder();
    DistributedTrainer.Trained trained =
        training.apply(
            new DistributedTrainer(
                plan(), TrainingListener.all(listener, recorder, log), System::nanoTime));
    TrainingProgress progress = trained.progress();
    SavedModel saved =
        new SavedModel(
            trained.config().network(),
            progress.parameters(),
            null,
            null,
            List.of(),
            progress.history(),
            trained.wide());
    RnnClassificationModel model = new RnnClassificationModel(uid, saved, recorder.record());
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    columns().check(schema, NetworkSetup.input(this));
    checkParams();
    return ScoringPlan.append(
        schema,
        getRawPredictionCol(),
        getProbabilityCol(),
        getPredictionCol(),
        getAttentionCol(),
        getReasonCol());
  }

  private void checkParams() {
    TrainingSetup.checkValidation(this);
    ScoringPlan.checkAttention(getAttentionCol(), NetworkSetup.pooling(this));
  }

  @Override
  public RnnClassifier copy(ParamMap extra) {
    return this.<RnnClassifier>defaultCopy(extra).setListener(listener).setVocabulary(vocabulary);
  }

  /** Returns a reader of saved classifiers. */
  public static MLReader<RnnClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a classifier saved by {@code write().save(path)}. */
  public static RnnClassifier load(String path) {
    return read().load(path);
  }
}

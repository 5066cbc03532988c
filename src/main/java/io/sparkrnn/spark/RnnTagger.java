package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.NetworkSetup;
import io.sparkrnn.spark.params.task.TaggingParams;
import io.sparkrnn.spark.rows.LabelRule;
import io.sparkrnn.spark.rows.RowLabel;
import io.sparkrnn.spark.rows.ShardSummary;
import io.sparkrnn.spark.rows.TextCut;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.TextUnit;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingRecord;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a recurrent network to label every word of a sentence or, when {@link #vectorSize} is set,
 * every vector of a sequence, distributed over Spark's executors.
 *
 * <p>{@link #tokensCol} has the words, as they are; {@link #labelCol} as many labels, strings. Both
 * are arrays, or texts in which blanks separate words. The words that come twice at least, {@link
 * #vocabularySize} of them at most, get an embedding of their own, unless {@link #setVocabulary}
 * has said which; all others share one. With {@link #crf} labels depend on those beside them.
 *
 * <p>As with {@link RnnClassifier}, the result depends on rows, parameters and seed alone.
 */
public final class RnnTagger extends RnnEstimator<RnnTagger, RnnTaggerModel>
    implements TaggingParams<RnnTagger> {
  private static final long serialVersionUID = 1L;

  /** Times a word must come to have an embedding of its own: words seen once teach what is rare. */
  public static final int MIN_COUNT = 2;

  private static final Padding WHOLE =
      new Padding(Integer.MAX_VALUE, Padding.Side.POST, Padding.Side.POST);

  private transient List<String> names = List.of();

  /** Creates a tagger with the default parameters. */
  public RnnTagger() {
    this(Identifiable.randomUID("rnnTagger"));
  }

  /** Creates a tagger with the given identifier and the default parameters. */
  public RnnTagger(String uid) {
    super(uid);
    setDefault(predictionCol(), RnnTaggerModel.TAGS);
  }

  @Override
  LabelRule labels() {
    return LabelRule.ofSteps(names);
  }

  @Override
  String labelColumn() {
    return getLabelCol();
  }

  @Override
  public boolean labelsSteps() {
    return true;
  }

  @Override
  public String textColumn(String textCol) {
    return getTokensCol();
  }

  @Override
  String featuresColumn() {
    return readsWords() ? getTokensCol() : super.featuresColumn();
  }

  private boolean readsWords() {
    return NetworkSetup.input(this) instanceof InputSpec.Tokens;
  }

  @Override
  void checkFeatures(StructType schema) {
    if (readsWords()) {
      Columns.requireWords(schema, getTokensCol());
    } else {
      super.checkFeatures(schema);
    }
  }

  @Override
  void learnLabels(TokenizedRows rows) {
    setNames(rows.stepLabels());
  }

  @Override
  void learnLabels(Dataset<?> rows) {
    setNames(RowLabel.names(rows.select(Columns.named(getLabelCol())).toDF().javaRDD()));
  }

  private void setNames(List<String> found) {
    if (found.size() < 2 || found.size() > LabelRule.MAX_CLASSES) {
      throw new InputException(
          "column '%s' must hold 2 to %d different labels, got %s"
              .formatted(
                  getLabelCol(),
                  LabelRule.MAX_CLASSES,
                  found.size() < 2 ? "only " + found : found.size()));
    }
    names = found;
  }

  @Override
  HeadSpec head(HeadSpec head, ShardSummary found) {
    return new TagHead(names, getCrf());
  }

  @Override
  public void checkParams() {
    super.checkParams();
    if (!getLoss().equals("auto")) {
      throw new InputException("loss must be auto for a tagger, got " + getLoss());
    }
    if (getPretraining() > 0) {
      throw new InputException("pretraining must be 0 for a tagger, got " + getPretraining());
    }
    if (!getClassWeight().isEmpty()) {
      throw new InputException("classWeight must be empty for a tagger, got " + getClassWeight());
    }
    if (readsWords() && !getMaskZero()) {
      throw new InputException("maskZero must be true for a tagger, which reads no padding");
    }
    if (getCrf() && getLabelSmoothing() > 0) {
      throw new InputException("labelSmoothing must be 0 for a CRF, got " + getLabelSmoothing());
    }
  }

  /**
   * Trains a model. Rows that cannot be used are left out, with a warning in the log; {@link
   * RnnModel#summary} counts them.
   *
   * @throws InputException if columns or rows cannot be trained on
   * @throws io.sparkrnn.train.TrainingException if training fails, such as by a loss that is NaN
   */
  @Override
  public RnnTaggerModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    if (!readsWords()) {
      return super.fit(dataset);
    }
    Dataset<Row> rows = dataset.toDF();
    Dataset<Row> labelled =
        Columns.refuse(
            rows,
            functions.when(
                Columns.named(getLabelCol()).isNull(), functions.lit("labels are null")));
    try (TokenizedRows cut =
        TokenizedRows.of(labelled, columns(getTokensCol()), TextCut.of(TextUnit.GIVEN, WHOLE), 0)) {
      Vocabulary words =
          vocabulary() != null ? vocabulary() : cut.vocabulary(getVocabularySize(), MIN_COUNT);
      return copy(ParamMap.empty())
          .setVocabulary(words)
          .setVocabularySize(words.size())
          .fit(cut)
          .withText(TextSettings.of(TextUnit.GIVEN, WHOLE), words)
          .setParent(this);
    }
  }

  @Override
  RnnTaggerModel model(String uid, SavedModel saved, TrainingRecord record) {
    return new RnnTaggerModel(uid, saved, record);
  }

  @Override
  StructType appended(StructType schema) {
    return ScoringPlan.appendTags(schema, getPredictionCol(), getReasonCol());
  }

  @Override
  public RnnTagger copy(ParamMap extra) {
    RnnTagger copy = super.copy(extra);
    copy.names = names;
    return copy;
  }

  /** Returns a reader of saved taggers. */
  public static MLReader<RnnTagger> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a tagger saved by {@code write().save(path)}. */
  public static RnnTagger load(String path) {
    return read().load(path);
  }
}

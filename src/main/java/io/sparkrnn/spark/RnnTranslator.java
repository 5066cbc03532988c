package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.params.task.TranslatingParams;
import io.sparkrnn.spark.params.task.TranslationParams;
import io.sparkrnn.spark.rows.LabelRule;
import io.sparkrnn.spark.rows.TextCut;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.TextUnit;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingRecord;
import java.util.Locale;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a translator on texts and their translations, distributed over Spark's executors: an
 * encoder of the recurrent layers that the parameters describe, a decoder of layers like them, and
 * attention between the two.
 *
 * <p>Tokens of both sides are learnt from the texts. Texts that are equal stay on one side of the
 * split for validation, unless {@link #groupCol} names other groups. As with {@link RnnClassifier},
 * the result depends on rows, parameters and seed alone.
 */
public final class RnnTranslator extends RnnEstimator<RnnTranslator, RnnTranslatorModel>
    implements TranslationParams<RnnTranslator>, TranslatingParams<RnnTranslator> {
  private static final long serialVersionUID = 1L;

  /** Tokens of a text, or a translation, that are read unless somebody says something else. */
  public static final int MAX_LENGTH = 200;

  private transient Vocabulary targets;

  /** Creates a translator with the default parameters. */
  public RnnTranslator() {
    this(Identifiable.randomUID("rnnTranslator"));
  }

  /** Creates a translator with the given identifier and the default parameters. */
  public RnnTranslator(String uid) {
    super(uid);
  }

  /** Pairs have no labels. */
  @Override
  LabelRule labels() {
    return new LabelRule(0);
  }

  @Override
  String labelColumn() {
    return "";
  }

  @Override
  String translationColumn() {
    return getTargetCol();
  }

  @Override
  String groupColumn() {
    return getGroupCol().isEmpty() ? getSourceCol() : getGroupCol();
  }

  @Override
  Vocabulary targets() {
    return targets;
  }

  /** Sets the words of the ids of translations; not a parameter, and not saved. */
  public RnnTranslator setTargets(Vocabulary targets) {
    this.targets = targets;
    return this;
  }

  /** Returns what texts are cut into. */
  public TextUnit textUnit() {
    return TextUnit.valueOf(getUnit().toUpperCase(Locale.ROOT));
  }

  /**
   * Learns the tokens of both columns and trains a model, which translates texts.
   *
   * @throws io.sparkrnn.spark.input.InputException if columns or rows cannot be trained on
   * @throws io.sparkrnn.train.TrainingException if training fails, such as by a loss that is NaN
   */
  @Override
  public RnnTranslatorModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Padding padding = new Padding(MAX_LENGTH, Padding.Side.PRE, Padding.Side.POST);
    TextCut cut = new TextCut(textUnit(), padding, false, false);
    try (TokenizedRows rows = TokenizedRows.of(dataset.toDF(), columns(getSourceCol()), cut, 0)) {
      Vocabulary vocabulary = rows.vocabulary(getVocabularySize(), 1);
      Vocabulary translations = rows.targetVocabulary(getTargetVocabularySize(), 1);
      RnnTranslator taught =
          copy(ParamMap.empty())
              .setVocabularySize(vocabulary.size())
              .setVocabulary(vocabulary)
              .setTargetVocabularySize(translations.size())
              .setTargets(translations);
      return taught.fit(rows).withText(TextSettings.of(textUnit(), padding), vocabulary);
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireString(schema, getSourceCol());
    Columns.requireString(schema, getTargetCol());
    checkParams();
    return appended(schema);
  }

  @Override
  RnnTranslatorModel model(String uid, SavedModel saved, TrainingRecord record) {
    return new RnnTranslatorModel(uid, saved.withTargets(targets), record);
  }

  @Override
  StructType appended(StructType schema) {
    return ScoringPlan.appendTranslation(schema, getReasonCol());
  }

  @Override
  public RnnTranslator copy(ParamMap extra) {
    return super.copy(extra).setTargets(targets);
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<RnnTranslator> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads an estimator saved by {@code write().save(path)}. */
  public static RnnTranslator load(String path) {
    return read().load(path);
  }
}

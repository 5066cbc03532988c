package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.features.Alphabet;
import io.sparkrnn.io.features.LabelUnit;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.NetworkSetup;
import io.sparkrnn.spark.params.task.TranscriptParams;
import io.sparkrnn.spark.rows.LabelRule;
import io.sparkrnn.spark.scoring.ScoringPlan;
import io.sparkrnn.spark.transcripts.TranscriptRows;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.preflight.Preflight;
import java.util.Locale;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a network that transcribes vectors or audio: labels in their order, somewhere among the
 * steps, by connectionist temporal classification.
 *
 * <p>Labels are a column of strings, of which {@link #labelUnit} makes characters or words, or of
 * arrays. Those of rows that are not marked for validation are the alphabet. As with {@link
 * RnnClassifier}, the result depends on rows, parameters and seed alone.
 */
public final class RnnTranscriber extends RnnEstimator<RnnTranscriber, RnnTranscriberModel>
    implements TranscriptParams<RnnTranscriber> {
  private static final long serialVersionUID = 1L;

  private transient Alphabet alphabet;

  /** Creates a transcriber with the default parameters. */
  public RnnTranscriber() {
    this(Identifiable.randomUID("rnnTranscriber"));
  }

  /** Creates a transcriber with the given identifier and the default parameters. */
  public RnnTranscriber(String uid) {
    super(uid);
  }

  /** Labels stand beside the features. */
  @Override
  LabelRule labels() {
    return new LabelRule(0);
  }

  @Override
  String labelColumn() {
    return getLabelCol();
  }

  @Override
  public boolean readsLabelsAsTheyAre() {
    return true;
  }

  private LabelUnit unit(StructType schema) {
    LabelUnit ofTexts = LabelUnit.valueOf(getLabelUnit().toUpperCase(Locale.ROOT));
    return TranscriptRows.unit(schema, getLabelCol(), ofTexts);
  }

  /** Returns this estimator with the alphabet of a table. */
  private RnnTranscriber with(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    RnnTranscriber sized = copy(ParamMap.empty());
    sized.alphabet = TranscriptRows.alphabet(dataset, columns(), unit(dataset.schema()));
    return sized.setLabelCount(sized.alphabet.labels().size());
  }

  @Override
  public RnnTranscriberModel fit(Dataset<?> dataset) {
    return with(dataset).fitRows(dataset).setParent(this);
  }

  @Override
  public Preflight foresee(Dataset<?> dataset) {
    return with(dataset).foreseeRows(dataset);
  }

  @Override
  Prepared prepared(Dataset<?> dataset) {
    TranscriptRows rows = TranscriptRows.of(dataset, columns());
    return new Prepared(
        rows.rows(), rows.columns(), TranscriptRows.readers(cells(dataset), alphabet));
  }

  @Override
  RnnTranscriberModel model(String uid, SavedModel saved, TrainingRecord record) {
    return new RnnTranscriberModel(uid, saved.withAlphabet(alphabet), record);
  }

  @Override
  void checkColumns(StructType schema) {
    checkFeatures(schema);
    columns().checkOthers(schema, false);
    TranscriptRows.checkLabels(schema, getLabelCol());
  }

  @Override
  public void checkParams() {
    super.checkParams();
    if (!(NetworkSetup.input(this) instanceof InputSpec.Vectors)) {
      throw new InputException(
          "transcribing needs audioCol, or featuresCol of vectors and vectorSize");
    }
  }

  @Override
  StructType appended(StructType schema) {
    return ScoringPlan.appendTranscript(schema, unit(schema), getReasonCol());
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<RnnTranscriber> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads an estimator saved by {@code write().save(path)}. */
  public static RnnTranscriber load(String path) {
    return read().load(path);
  }
}

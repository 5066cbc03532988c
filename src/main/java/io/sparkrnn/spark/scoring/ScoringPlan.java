package io.sparkrnn.spark.scoring;

import io.sparkrnn.io.features.Alphabet;
import io.sparkrnn.io.features.LabelUnit;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.ValueHead;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.ScoringParams;
import io.sparkrnn.train.metrics.Thresholds;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.mutable.ArraySeq;

/**
 * Which columns scoring reads and appends, and how outputs become predictions.
 *
 * @param network the topology
 * @param inputCol column of the features, or of the text
 * @param rawPredictionCol appended first, unless empty
 * @param probabilityCol appended second, unless empty
 * @param predictionCol appended third, unless empty
 * @param attentionCol appended fourth, unless empty
 * @param reasonCol appended last, unless empty
 * @param thresholds which class is predicted
 * @param handleInvalid what becomes of a row that cannot be scored: error, skip or keep
 * @param translating how texts are translated; null when they are not
 * @param alphabet the labels of transcripts, or null without transcripts
 * @param beam beginnings of labels that are followed
 */
public record ScoringPlan(
    NetworkSpec network,
    String inputCol,
    String rawPredictionCol,
    String probabilityCol,
    String predictionCol,
    String attentionCol,
    String reasonCol,
    Thresholds thresholds,
    String handleInvalid,
    Translating translating,
    Alphabet alphabet,
    int beam)
    implements Serializable {
  /** Column of the logarithms of the probabilities that a language model gives texts. */
  public static final String LOG_PROBABILITY = "logProbability";

  /** Column of the labels of a row in their order. */
  public static final String TRANSCRIPT = "transcript";

  /** Column of the number of tokens that they are of, ends of texts included. */
  public static final String TOKENS = "tokens";

  /** Column of translations. */
  public static final String TRANSLATION = "translation";

  private static final DataType NAMES = DataTypes.createArrayType(DataTypes.StringType, false);
  private static final DataType WEIGHTS = DataTypes.createArrayType(DataTypes.FloatType, false);

  /** Returns the plan of a model for rows with a column of features. */
  public static ScoringPlan of(ScoringParams<?> params, NetworkSpec network, StructType schema) {
    if (!params.getAudioCol().isEmpty()) {
      Columns.requireAudio(schema, params.getAudioCol());
      return of(params, network, params.getAudioCol());
    }
    Columns.requireFeatures(schema, params.getFeaturesCol(), network.input());
    return of(params, network, params.getFeaturesCol());
  }

  /** Returns the plan of a model for rows with a column of texts. */
  public static ScoringPlan ofText(
      ScoringParams<?> params, NetworkSpec network, StructType schema, String textCol) {
    if (network.head() instanceof TagHead) {
      Columns.requireWords(schema, textCol);
    } else {
      Columns.requireString(schema, textCol);
    }
    return of(params, network, textCol);
  }

  private static ScoringPlan of(ScoringParams<?> params, NetworkSpec network, String inputCol) {
    boolean hasClasses =
        !(network.head() instanceof ValueHead || network.head() instanceof TagHead);
    ScoringPlan plan =
        new ScoringPlan(
            network,
            inputCol,
            hasClasses ? params.getRawPredictionCol() : "",
            hasClasses ? params.getProbabilityCol() : "",
            params.getPredictionCol(),
            params.getAttentionCol(),
            params.getReasonCol(),
            thresholds(params, network),
            params.getHandleInvalid(),
            null,
            null,
            1);
    checkAttention(plan.attentionCol, network.head().pooling());
    return plan;
  }

  /** Returns the same for texts that are translated; null for others. */
  public ScoringPlan translating(Translating how) {
    return new ScoringPlan(
        network,
        inputCol,
        rawPredictionCol,
        probabilityCol,
        predictionCol,
        attentionCol,
        reasonCol,
        thresholds,
        handleInvalid,
        how,
        alphabet,
        beam);
  }

  /**
   * Returns the thresholds that parameters name for a network's classes.
   *
   * @throws InputException if they are of another number of classes
   */
  public static Thresholds thresholds(ScoringParams<?> params, NetworkSpec network) {
    if (!params.isDefined(params.thresholds())) {
      return Thresholds.none();
    }
    double[] values = params.getThresholds();
    int classes = network.head().classes();
    if (values.length != classes) {
      throw new InputException(
          classes == 0
              ? "thresholds must be left out of a regression"
              : "thresholds must have %d values, one per class, got %d"
                  .formatted(classes, values.length));
    }
    return Thresholds.of(values);
  }

  /** Refuses a column of attention's weights where there is no attention. */
  public static void checkAttention(String attentionCol, Pooling pooling) {
    if (!attentionCol.isEmpty() && pooling != Pooling.ATTENTION) {
      throw new InputException(
          "attentionCol must be empty for a model with pooling "
              + pooling.name().toLowerCase(Locale.ROOT)
              + ", got '"
              + attentionCol
              + "'; only one trained with pooling attention has weights");
    }
  }

  /** Returns the number of classes, 0 for regression. */
  int classes() {
    return network.head().classes();
  }

  /** Whether texts are measured by a language model. */
  boolean measuresTexts() {
    return network.head() instanceof TokenHead;
  }

  /** Whether each step gets a label. */
  boolean labelsSteps() {
    return network.head() instanceof TagHead;
  }

  /** Returns the schema with what a tagger appends. */
  public static StructType appendTags(StructType schema, String predictionCol, String reasonCol) {
    StructType appended = Columns.appendIfNamed(schema, predictionCol, NAMES);
    return Columns.appendIfNamed(appended, reasonCol, DataTypes.StringType);
  }

  /** Returns the schema with what a language model appends. */
  public static StructType appendTextScores(StructType schema, String reasonCol) {
    StructType appended = Columns.append(schema, LOG_PROBABILITY, DataTypes.DoubleType);
    appended = Columns.append(appended, TOKENS, DataTypes.IntegerType);
    return Columns.appendIfNamed(appended, reasonCol, DataTypes.StringType);
  }

  /** Returns the schema with what a translator appends. */
  public static StructType appendTranslation(StructType schema, String reasonCol) {
    StructType appended = Columns.append(schema, TRANSLATION, DataTypes.StringType);
    return Columns.appendIfNamed(appended, reasonCol, DataTypes.StringType);
  }

  /** Returns the same plan for a model that transcribes, or the plan itself without labels. */
  public ScoringPlan with(Alphabet alphabet, int beam) {
    return alphabet == null
        ? this
        : new ScoringPlan(
            network,
            inputCol,
            rawPredictionCol,
            probabilityCol,
            predictionCol,
            attentionCol,
            reasonCol,
            thresholds,
            handleInvalid,
            translating,
            alphabet,
            beam);
  }

  /** Whether labels are found in rows. */
  boolean transcribes() {
    return alphabet != null;
  }

  /** Returns the schema with what a model that transcribes appends. */
  public static StructType appendTranscript(StructType schema, LabelUnit unit, String reasonCol) {
    DataType type =
        unit == LabelUnit.ARRAY
            ? DataTypes.createArrayType(DataTypes.StringType, false)
            : DataTypes.StringType;
    StructType appended = Columns.append(schema, TRANSCRIPT, type);
    return Columns.appendIfNamed(appended, reasonCol, DataTypes.StringType);
  }

  /** Returns the schema with the appended columns. */
  public StructType append(StructType schema) {
    if (translating != null) {
      return appendTranslation(schema, reasonCol);
    }
    if (transcribes()) {
      return appendTranscript(schema, alphabet.unit(), reasonCol);
    }
    if (measuresTexts()) {
      return appendTextScores(schema, reasonCol);
    }
    if (labelsSteps()) {
      return appendTags(schema, predictionCol, reasonCol);
    }
    return append(schema, rawPredictionCol, probabilityCol, predictionCol, attentionCol, reasonCol);
  }

  /** Returns the schema with the columns of these names, without those whose name is empty. */
  public static StructType append(
      StructType schema,
      String rawPredictionCol,
      String probabilityCol,
      String predictionCol,
      String attentionCol,
      String reasonCol) {
    StructType appended =
        Columns.appendIfNamed(schema, rawPredictionCol, SQLDataTypes.VectorType());
    appended = Columns.appendIfNamed(appended, probabilityCol, SQLDataTypes.VectorType());
    appended = Columns.appendIfNamed(appended, predictionCol, DataTypes.DoubleType);
    appended = Columns.appendIfNamed(appended, attentionCol, WEIGHTS);
    return Columns.appendIfNamed(appended, reasonCol, DataTypes.StringType);
  }

  /** Returns the appended columns alone. */
  StructType answers() {
    return append(new StructType());
  }

  /**
   * Returns the appended cells of a scored row.
   *
   * @param weights attention's, or null when no column of them is wanted
   */
  Row scored(float[] outputs, int row, float[] weights) {
    double[] probability = network.head().probabilities(outputs, row);
    List<Object> cells = new ArrayList<>(5);
    if (!rawPredictionCol.isEmpty()) {
      cells.add(Vectors.dense(raw(probability, outputs, row)));
    }
    if (!probabilityCol.isEmpty()) {
      cells.add(classes() == 0 ? null : Vectors.dense(probability));
    }
    if (!predictionCol.isEmpty()) {
      cells.add(
          classes() == 0 ? (double) outputs[row] : (double) thresholds.predicted(probability));
    }
    if (weights != null) {
      cells.add(ArraySeq.make(weights));
    }
    if (!reasonCol.isEmpty()) {
      cells.add(null);
    }
    return RowFactory.create(cells.toArray());
  }

  /** Returns the appended cells of a row with these outputs of its labels. */
  Row transcribed(int[] outputs) {
    List<String> labels = alphabet.labels(outputs);
    Object transcript =
        alphabet.unit() == LabelUnit.ARRAY
            ? ArraySeq.make(labels.toArray(String[]::new))
            : alphabet.unit().text(labels);
    return reasonCol.isEmpty()
        ? RowFactory.create(transcript)
        : RowFactory.create(transcript, null);
  }

  /** Returns the appended cells of a row whose predictions are those of some steps. */
  Row scored(float[] predictions, int from, int to) {
    String[] labels = new String[to - from];
    for (int t = 0; t < labels.length; t++) {
      labels[t] = ((TagHead) network.head()).label(predictions, from + t);
    }
    List<Object> cells = new ArrayList<>(2);
    if (!predictionCol.isEmpty()) {
      cells.add(ArraySeq.make(labels));
    }
    if (!reasonCol.isEmpty()) {
      cells.add(null);
    }
    return RowFactory.create(cells.toArray());
  }

  /** Returns the appended cells of a text of so many tokens. */
  Row scored(double logProbability, int tokens) {
    return reasonCol.isEmpty()
        ? RowFactory.create(logProbability, tokens)
        : RowFactory.create(logProbability, tokens, null);
  }

  /** Returns the appended cells of a text that is translated. */
  Row scored(String translation) {
    return reasonCol.isEmpty()
        ? RowFactory.create(translation)
        : RowFactory.create(translation, null);
  }

  /**
   * Returns the appended cells of a row that is not scored, null and the reason; or null when such
   * rows are left out.
   *
   * @throws InputException when there must be none
   */
  Row refused(String reason) {
    if (handleInvalid.equals("error")) {
      throw new InputException(
          "a row cannot be scored: %s; handleInvalid skip leaves such rows out, keep gives them no prediction"
              .formatted(reason));
    }
    Object[] cells = new Object[answers().size()];
    if (!reasonCol.isEmpty()) {
      cells[cells.length - 1] = reason;
    }
    return skips() ? null : RowFactory.create(cells);
  }

  /** Whether rows that cannot be scored are left out. */
  boolean skips() {
    return handleInvalid.equals("skip");
  }

  /** Log odds of two classes, log probabilities of more, the value of a regression. */
  private double[] raw(double[] probability, float[] outputs, int row) {
    if (classes() == 0) {
      return new double[] {outputs[row]};
    }
    double[] raw = new double[probability.length];
    for (int k = 0; k < raw.length; k++) {
      double p = probability[k];
      raw[k] = raw.length == 2 ? StrictMath.log(p / (1 - p)) : StrictMath.log(p);
    }
    return raw;
  }
}

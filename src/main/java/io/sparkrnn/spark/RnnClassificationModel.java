package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.text.Padding;
import io.sparkrnn.train.TrainingRecord;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

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
public final class RnnClassificationModel extends RnnModel<RnnClassificationModel> {
  private static final long serialVersionUID = 1L;

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
    super(uid, saved, summary);
  }

  /** Creates a model with a new identifier; it needs no training on Spark. */
  public static RnnClassificationModel of(SavedModel saved) {
    return new RnnClassificationModel(Identifiable.randomUID("rnnClassificationModel"), saved);
  }

  @Override
  RnnClassificationModel of(String uid, SavedModel saved, TrainingRecord summary) {
    return new RnnClassificationModel(uid, saved, summary);
  }

  @Override
  String labelColumn() {
    return getLabelCol();
  }

  /** Returns the names of the classes, empty when they have none. */
  public List<String> labels() {
    return toLocal().labels();
  }

  /**
   * Returns this model with names of its classes, in the order of their indices.
   *
   * @throws IllegalArgumentException if their number is not that of the classes
   */
  public RnnClassificationModel withLabels(List<String> labels) {
    return with(toLocal().withLabels(labels));
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

  /** Returns a reader of saved models. */
  public static MLReader<RnnClassificationModel> read() {
    return new RnnModelReader<>(RnnClassificationModel.class, RnnClassificationModel::new);
  }

  /** Loads a model saved by {@code write().save(path)} from any Hadoop file system. */
  public static RnnClassificationModel load(String path) {
    return read().load(path);
  }
}

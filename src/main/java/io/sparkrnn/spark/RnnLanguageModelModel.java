package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.train.TrainingRecord;
import org.apache.spark.ml.util.MLReader;

/**
 * A trained language model that appends to a column of texts, or of token ids, how probable it
 * finds them.
 *
 * <p>{@code logProbability} is log p of all tokens and of the text's end, by the natural logarithm;
 * {@code tokens} is their number, so that exp(-logProbability / tokens) is the text's perplexity.
 * Rows that cannot be scored are treated as {@link #handleInvalid} says.
 */
public final class RnnLanguageModelModel extends RnnModel<RnnLanguageModelModel> {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a model.
   *
   * @param uid identifier of this stage
   * @param saved topology, parameters and what belongs to them. Not modified.
   */
  public RnnLanguageModelModel(String uid, SavedModel saved) {
    this(uid, saved, null);
  }

  /** Creates a model that was just trained, with what happened in the training. */
  RnnLanguageModelModel(String uid, SavedModel saved, TrainingRecord summary) {
    super(uid, saved, summary);
  }

  @Override
  RnnLanguageModelModel of(String uid, SavedModel saved, TrainingRecord summary) {
    return new RnnLanguageModelModel(uid, saved, summary);
  }

  /** Texts are measured by their own characters. */
  @Override
  String labelColumn() {
    return "";
  }

  /** Returns a reader of saved models. */
  public static MLReader<RnnLanguageModelModel> read() {
    return new RnnModelReader<>(RnnLanguageModelModel.class, RnnLanguageModelModel::new);
  }

  /** Loads a model saved by {@code write().save(path)} from any Hadoop file system. */
  public static RnnLanguageModelModel load(String path) {
    return read().load(path);
  }
}

package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.spark.params.task.TranscriptParams;
import io.sparkrnn.spark.rows.RowColumns;
import io.sparkrnn.spark.transcripts.TranscriptRows;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.metrics.Evaluation;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;

/**
 * A trained network that appends a column {@code transcript}: a string, or an array of strings
 * where the labels of the training were arrays.
 *
 * <p>With {@link #labelBeam} 1 it is the best path; a wider beam follows so many beginnings. Rows
 * that cannot be scored are treated as {@link #handleInvalid} says.
 */
public final class RnnTranscriberModel extends RnnModel<RnnTranscriberModel>
    implements TranscriptParams<RnnTranscriberModel> {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a model.
   *
   * @param uid identifier of this stage
   * @param saved topology, parameters and what belongs to them. Not modified.
   */
  public RnnTranscriberModel(String uid, SavedModel saved) {
    this(uid, saved, null);
  }

  /** Creates a model that was just trained, with what happened in the training. */
  RnnTranscriberModel(String uid, SavedModel saved, TrainingRecord summary) {
    super(uid, saved, summary);
  }

  @Override
  RnnTranscriberModel of(String uid, SavedModel saved, TrainingRecord summary) {
    return new RnnTranscriberModel(uid, saved, summary);
  }

  @Override
  String labelColumn() {
    return getLabelCol();
  }

  @Override
  public boolean readsLabelsAsTheyAre() {
    return true;
  }

  @Override
  int transcriptBeam() {
    return getLabelBeam();
  }

  /** Evaluates this model on rows with their labels; by the best path, whatever the beam. */
  @Override
  public Evaluation evaluate(Dataset<?> dataset) {
    TranscriptRows.checkLabels(dataset.schema(), getLabelCol());
    String input = plan(dataset.schema()).inputCol();
    TranscriptRows rows = TranscriptRows.of(dataset, new RowColumns(input, getLabelCol()));
    return evaluate(
        rows.rows(),
        rows.columns(),
        TranscriptRows.readers(featureReaders(dataset), toLocal().alphabet()));
  }

  /** Returns a reader of saved models. */
  public static MLReader<RnnTranscriberModel> read() {
    return new RnnModelReader<>(RnnTranscriberModel.class, RnnTranscriberModel::new);
  }

  /** Loads a model saved by {@code write().save(path)} from any Hadoop file system. */
  public static RnnTranscriberModel load(String path) {
    return read().load(path);
  }
}

package io.sparkrnn.spark.rows;

import io.sparkrnn.io.features.FeatureSettings;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.io.Serializable;

/** Reads the sequence of a row's cell into a buffer of its own; not for several threads. */
public interface CellReader {
  /** Makes the reader of one task. */
  interface Factory extends Serializable {
    CellReader create();
  }

  /**
   * Returns a reader of cells that hold what a network reads.
   *
   * @param ofTexts whether ids were made of texts, which refusals then speak of
   */
  static CellReader of(InputSpec input, boolean ofTexts) {
    return new FeatureCells(input, ofTexts, FeatureSettings.NONE, null).create();
  }

  /** Reads a cell; returns why it is refused, or null when it is not. */
  Refusal read(Object cell);

  /** Returns the reason in words, when {@link #read} has just refused a cell. */
  default String reason(Refusal refusal) {
    return refusal.reason();
  }

  /** Returns the number of steps of the last cell, which was not refused. */
  default int size() {
    throw new UnsupportedOperationException("cells of this kind have no labels of steps");
  }

  /** Adds the sequence of the last cell, which was not refused. */
  void addTo(PackedShardBuilder rows, float label, float weight);

  /**
   * Adds the sequence of the last cell, which was not refused.
   *
   * @param labels as many as steps. Not modified.
   */
  default void addSteps(PackedShardBuilder rows, float[] labels, float weight) {
    throw new UnsupportedOperationException("cells of this kind have no labels of steps");
  }

  /**
   * Returns the {@link io.sparkrnn.train.shards.StableKey} of the last cell, which was not refused.
   */
  long key(float label, float weight);

  /**
   * Returns the key of the last cell with a label for each step.
   *
   * @param labels as many as steps. Not modified.
   */
  default long key(float[] labels, float weight) {
    throw new UnsupportedOperationException("cells of this kind have no labels of steps");
  }

  /**
   * Returns the weights of the steps of a cell that was read before, as a column of its own shows
   * them beside it.
   *
   * @param cell the cell
   * @param rows where the cell's sequence went. Not modified.
   * @param row row of the cell among them
   * @param weights one per step of {@code rows}. Not modified.
   */
  float[] align(Object cell, PackedShard rows, int row, float[] weights);
}

package io.sparkrnn.spark.rows;

import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.StableKey;
import java.util.Arrays;

/** Reads cells that stand for token ids. */
interface TokenCellReader extends CellReader {
  /** Returns the buffer; the ids of the last cell are the first {@link #size} of it. */
  int[] ids();

  /** Returns the number of ids of the last cell. */
  @Override
  int size();

  @Override
  default void addTo(PackedShardBuilder rows, float label, float weight) {
    rows.add(ids(), 0, size(), label, weight);
  }

  @Override
  default void addSteps(PackedShardBuilder rows, float[] labels, float weight) {
    rows.addSteps(Arrays.copyOf(ids(), size()), labels, weight);
  }

  @Override
  default long key(float[] labels, float weight) {
    return StableKey.of(ids(), size(), labels, weight);
  }

  @Override
  default long key(float label, float weight) {
    return StableKey.of(ids(), 0, size(), label, weight);
  }
}

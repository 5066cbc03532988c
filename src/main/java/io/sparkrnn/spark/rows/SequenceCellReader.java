package io.sparkrnn.spark.rows;

import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.StableKey;
import java.util.Arrays;

/** A reader of cells that become vectors. */
public interface SequenceCellReader extends CellReader {
  /** Returns the vectors of the last cell, the first of the array. */
  float[] vectors();

  /** Returns the numbers of a vector. */
  int vectorSize();

  /** Returns how many vectors the last cell has. */
  int steps();

  @Override
  default void addTo(PackedShardBuilder rows, float label, float weight) {
    rows.add(vectors(), 0, steps(), label, weight);
  }

  @Override
  default long key(float label, float weight) {
    return StableKey.of(vectors(), vectorSize(), steps(), label, weight);
  }

  /** Every vector of the cell has a weight. */
  @Override
  default float[] align(Object cell, PackedShard rows, int row, float[] weights) {
    return Arrays.copyOfRange(weights, rows.offsets()[row], rows.offsets()[row + 1]);
  }

  @Override
  default int size() {
    return steps();
  }

  @Override
  default void addSteps(PackedShardBuilder rows, float[] labels, float weight) {
    rows.addSteps(Arrays.copyOf(vectors(), steps() * vectorSize()), labels, weight);
  }

  @Override
  default long key(float[] labels, float weight) {
    return StableKey.of(vectors(), vectorSize(), steps(), labels, weight);
  }
}

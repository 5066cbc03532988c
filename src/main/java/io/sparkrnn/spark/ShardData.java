package io.sparkrnn.spark;

import io.sparkrnn.train.PackedShard;
import io.sparkrnn.train.RefusalCounts;
import java.io.Serializable;

/**
 * The rows of one logical shard, or a piece of them on the way there.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records.
 */
final class ShardData implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PackedShard training;
  private final PackedShard validation;
  private final RefusalCounts refused;

  ShardData(PackedShard training, PackedShard validation, RefusalCounts refused) {
    this.training = training;
    this.validation = validation;
    this.refused = refused;
  }

  /** Returns the rows to train on. */
  PackedShard training() {
    return training;
  }

  /** Returns the rows held out. */
  PackedShard validation() {
    return validation;
  }

  /** Returns the rows left out, by reason. */
  RefusalCounts refused() {
    return refused;
  }
}

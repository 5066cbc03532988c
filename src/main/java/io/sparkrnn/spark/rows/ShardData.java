package io.sparkrnn.spark.rows;

import io.sparkrnn.train.batches.TokenStream;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.RefusalCounts;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The rows of one logical shard, or a piece of them on the way there.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records.
 */
public final class ShardData implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PackedShard training;
  private final PackedShard validation;
  private final RefusalCounts refused;

  public ShardData(PackedShard training, PackedShard validation, RefusalCounts refused) {
    this.training = training;
    this.validation = validation;
    this.refused = refused;
  }

  /** Returns the rows to train on. */
  public PackedShard training() {
    return training;
  }

  /** Returns the rows held out. */
  public PackedShard validation() {
    return validation;
  }

  /** Returns the rows to train on as segments of a stream; those held out stay whole. */
  ShardData segments(TrainingConfig config, int shardIndex) {
    return new ShardData(TokenStream.segments(config, training, shardIndex), validation, refused);
  }

  /** Returns these rows without those whose label is no class index below a bound. */
  ShardData below(int classes) {
    RefusalCounts refusedHere = new RefusalCounts();
    refusedHere.merge(refused);
    return new ShardData(
        below(training, classes, refusedHere),
        below(validation, classes, refusedHere),
        refusedHere);
  }

  private static PackedShard below(PackedShard shard, int classes, RefusalCounts refused) {
    int[] kept = new int[shard.rows()];
    int count = 0;
    for (int row = 0; row < shard.rows(); row++) {
      float label = shard.labels()[row];
      if (label < classes) {
        kept[count++] = row;
      } else {
        refused.add(LabelRule.outside(label, classes));
      }
    }
    return count == shard.rows() ? shard : shard.select(Arrays.copyOf(kept, count));
  }

  /** Returns the rows left out, by reason. */
  RefusalCounts refused() {
    return refused;
  }
}

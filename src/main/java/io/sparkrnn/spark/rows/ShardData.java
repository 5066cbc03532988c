package io.sparkrnn.spark.rows;

import io.sparkrnn.train.batches.TokenStream;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.RefusalCounts;
import io.sparkrnn.train.shards.StableKey;
import io.sparkrnn.train.shards.Standardization;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rows of one logical shard, or a piece of them on the way there.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records.
 */
public final class ShardData implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PackedShard training;
  private final PackedShard validation;
  private final PackedShard unlabelled;
  private final RefusalCounts refused;

  /** Holds rows that all have labels. */
  public ShardData(PackedShard training, PackedShard validation, RefusalCounts refused) {
    this(training, validation, training.select(new int[0]), refused);
  }

  ShardData(
      PackedShard training, PackedShard validation, PackedShard unlabelled, RefusalCounts refused) {
    this.training = training;
    this.validation = validation;
    this.unlabelled = unlabelled;
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

  /**
   * Returns the rows that nobody labelled, whose labels mean nothing; none unless they are kept.
   */
  public PackedShard unlabelled() {
    return unlabelled;
  }

  /**
   * Returns these rows, and among those to train on the ones without a label that get one; the
   * others are left out.
   *
   * @param labels of the rows without one, -1 for those that are not trained on. Not modified.
   */
  public ShardData labelledBy(int[] labels) {
    int[] chosen = IntStream.range(0, labels.length).filter(row -> labels[row] >= 0).toArray();
    float[] theirs = new float[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      theirs[i] = labels[chosen[i]];
    }
    PackedShard both =
        new PackedShardBuilder()
            .addAll(training)
            .addAll(unlabelled.select(chosen).withLabels(theirs))
            .build();
    return new ShardData(StableKey.sorted(both), validation, refused);
  }

  /**
   * Returns the texts of all rows to learn from, with a label or without, and of those held out.
   */
  public ShardData texts() {
    PackedShard all = new PackedShardBuilder().addAll(training).addAll(unlabelled).build();
    return new ShardData(
        StableKey.sorted(withoutLabels(all)), withoutLabels(validation), new RefusalCounts());
  }

  private static PackedShard withoutLabels(PackedShard shard) {
    return shard.withLabels(new float[shard.rows()]);
  }

  /** Returns the rows to train on as segments of a stream; those held out stay whole. */
  ShardData segments(TrainingConfig config, int shardIndex) {
    return new ShardData(TokenStream.segments(config, training, shardIndex), validation, refused);
  }

  /** Returns these rows with their vectors standardized. */
  public ShardData standardized(Standardization by) {
    return new ShardData(by.of(training), by.of(validation), unlabelled, refused);
  }

  /** Returns these rows without those whose label is no class index below a bound. */
  ShardData below(int classes) {
    RefusalCounts refusedHere = new RefusalCounts();
    refusedHere.merge(refused);
    return new ShardData(
        below(training, classes, refusedHere),
        below(validation, classes, refusedHere),
        unlabelled,
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

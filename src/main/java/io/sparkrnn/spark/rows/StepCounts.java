package io.sparkrnn.spark.rows;

import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.shards.PackedShard;
import java.io.Serializable;

/**
 * The steps of a shard's rows, or of several together.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records.
 */
public final class StepCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long training;
  private final long validation;
  private final long unknown;
  private final int longest;

  private StepCounts(long training, long validation, long unknown, int longest) {
    this.training = training;
    this.validation = validation;
    this.unknown = unknown;
    this.longest = longest;
  }

  /** Returns the counts of no rows. */
  public static StepCounts none() {
    return new StepCounts(0, 0, 0, 0);
  }

  static StepCounts of(ShardData data) {
    PackedShard rows = data.training();
    return new StepCounts(
        rows.steps(), data.validation().steps(), unknown(rows.tokens()), rows.maxLength());
  }

  private static long unknown(int[] ids) {
    long count = 0;
    for (int id : ids) {
      count += id == Vocabulary.UNKNOWN_ID ? 1 : 0;
    }
    return count;
  }

  StepCounts plus(StepCounts other) {
    return new StepCounts(
        training + other.training,
        validation + other.validation,
        unknown + other.unknown,
        Math.max(longest, other.longest));
  }

  /** Returns the steps of the rows to train on. */
  long training() {
    return training;
  }

  /** Returns the steps of the rows held out. */
  public long validation() {
    return validation;
  }

  /** Returns how many steps to train on are words that the vocabulary does not have. */
  public long unknown() {
    return unknown;
  }

  /** Returns the steps of the longest row to train on. */
  public int longest() {
    return longest;
  }
}

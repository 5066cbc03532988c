package io.sparkrnn.train;

import java.util.List;

/** Whoever trains and evaluates the shards: a loop in this JVM or Spark's executors. */
public interface Workers {
  /** Returns the number of training rows of each shard, in shard order. */
  int[] shardRows();

  /** Returns whether there are validation rows. */
  boolean hasValidation();

  /**
   * Trains one round on every shard.
   *
   * @param state what the shards start from. Not modified.
   * @return one result per shard, in shard order, or partial sums of consecutive shards
   */
  List<ShardResult> train(RoundState state);

  /**
   * Evaluates a state's model on the validation rows.
   *
   * @param state the state whose {@link RoundState#modelParameters} are evaluated. Not modified.
   */
  Evaluation evaluate(RoundState state);
}

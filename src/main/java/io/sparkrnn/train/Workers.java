package io.sparkrnn.train;

import io.sparkrnn.train.metrics.Evaluation;
import java.util.function.Consumer;

/** Whoever trains and evaluates the shards: a loop in this JVM or Spark's executors. */
public interface Workers {
  /** Returns the number of training rows of each shard, in shard order. */
  int[] shardRows();

  /** Returns whether there are validation rows. */
  boolean hasValidation();

  /**
   * Hands out a state to whoever trains or evaluates it next, which they would do themselves.
   *
   * @param state the state. Not modified.
   */
  default void send(RoundState state) {}

  /**
   * Trains one round on every shard.
   *
   * @param state what the shards start from. Not modified.
   * @param inShardOrder is handed the result of each shard, or the mean of consecutive ones, one
   *     after the other in shard order; not always on the caller's thread
   */
  void train(RoundState state, Consumer<ShardResult> inShardOrder);

  /**
   * Evaluates a state's model on the validation rows.
   *
   * @param state the state whose {@link RoundState#modelParameters} are evaluated. Not modified.
   */
  Evaluation evaluate(RoundState state);
}

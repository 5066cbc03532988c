package io.sparkrnn.train.wide;

/** Whoever has the shards, here or on other machines, and adds up passes over them. */
public interface ShardSums {
  /** Returns the sum of what a pass gives over each shard, added up in the order of shards. */
  double[] sum(ShardPass pass);
}

package io.sparkrnn.train.wide;

import java.io.Serializable;

/** A pass over the rows of one shard, a pure function of them; what it gives is summed. */
public interface ShardPass extends Serializable {
  /** Returns how many numbers it gives. */
  int size();

  /** Returns the numbers of a shard. Not modified: the shard. */
  double[] over(WideShard shard);
}

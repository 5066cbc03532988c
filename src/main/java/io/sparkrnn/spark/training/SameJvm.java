package io.sparkrnn.spark.training;

import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.ShardResult;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What driver and tasks hand to each other when they are in one JVM, as in local mode: the arrays
 * themselves, where Spark would copy them through several streams, which costs more than rounds of
 * a few batches.
 *
 * <p>A task is the same pure function as elsewhere. One that is repeated hands over the same again.
 */
final class SameJvm implements AutoCloseable {
  /** The only way between two objects of a JVM that Spark leaves; entries live for one state. */
  private static final Map<Long, SameJvm> OPEN = new ConcurrentHashMap<>();

  private static final AtomicLong NEXT = new AtomicLong();

  private final long key = NEXT.incrementAndGet();
  private final RoundState state;
  private final Map<Integer, ShardResult> results = new ConcurrentHashMap<>();

  private SameJvm(RoundState state) {
    this.state = state;
  }

  /** Begins to hand over a state, until it is closed. */
  static SameJvm open(RoundState state) {
    SameJvm opened = new SameJvm(state);
    OPEN.put(opened.key, opened);
    return opened;
  }

  /** Returns what was opened under a key, in a task. */
  static SameJvm at(long key) {
    SameJvm opened = OPEN.get(key);
    if (opened == null) {
      throw new IllegalStateException("the round of this task is over");
    }
    return opened;
  }

  long key() {
    return key;
  }

  RoundState state() {
    return state;
  }

  /** Hands a result to the driver. */
  void put(int shard, ShardResult result) {
    results.put(shard, result);
  }

  /** Takes a result that was handed over. */
  ShardResult take(int shard) {
    return results.remove(shard);
  }

  /** Ends it; a task that comes late finds nothing. */
  @Override
  public void close() {
    OPEN.remove(key);
  }
}

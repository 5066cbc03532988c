package io.sparkrnn.train.course;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * When shards were computed, each by the clock of the process that it was in.
 *
 * <p>Clocks of different processes are never compared. Immutable. A class and not a record, because
 * Spark's Kryo serializer cannot write records.
 */
public final class ShardTimes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] places;
  private final long[] begins;
  private final long[] ends;

  private ShardTimes(String[] places, long[] begins, long[] ends) {
    this.places = places;
    this.begins = begins;
    this.ends = ends;
  }

  /** Returns the times of no shard. */
  public static ShardTimes none() {
    return new ShardTimes(new String[0], new long[0], new long[0]);
  }

  /**
   * Returns the time of one shard.
   *
   * @param place the process that it was computed in
   * @param begin when it began, in nanoseconds of that process's clock
   * @param end when it was done
   */
  public static ShardTimes of(String place, long begin, long end) {
    return new ShardTimes(new String[] {place}, new long[] {begin}, new long[] {end});
  }

  /** Returns the times of all shards of several. */
  public static ShardTimes all(List<ShardTimes> times) {
    return new ShardTimes(
        times.stream().flatMap(t -> Arrays.stream(t.places)).toArray(String[]::new),
        times.stream().flatMapToLong(t -> Arrays.stream(t.begins)).toArray(),
        times.stream().flatMapToLong(t -> Arrays.stream(t.ends)).toArray());
  }

  /**
   * Returns how long the busiest process computed, in nanoseconds: shards that it computed side by
   * side count once, those one after the other add up.
   */
  public long busiest() {
    Map<String, Busy> processes = new HashMap<>();
    IntStream.range(0, places.length)
        .boxed()
        .sorted(Comparator.comparingLong(i -> begins[i]))
        .forEach(
            i -> processes.computeIfAbsent(places[i], p -> new Busy()).add(begins[i], ends[i]));
    return processes.values().stream().mapToLong(busy -> busy.nanos).max().orElse(0);
  }

  /** Returns by how much the longest shard exceeds the mean, in nanoseconds. */
  public long imbalance() {
    double mean = nanos().average().orElse(0);
    return Math.round(nanos().max().orElse(0) - mean);
  }

  private LongStream nanos() {
    return IntStream.range(0, places.length).mapToLong(i -> ends[i] - begins[i]);
  }

  /** What one process computed so far, the spans coming in the order of their beginnings. */
  private static final class Busy {
    private long nanos;
    private long until = Long.MIN_VALUE;

    void add(long begin, long end) {
      nanos += Math.max(0, end - Math.max(begin, until));
      until = Math.max(until, end);
    }
  }
}

package io.sparkrnn.train.course;

/**
 * Where the wall clock of a round went, in nanoseconds; of several rounds, the sums.
 *
 * <pre>
 *   wall clock = broadcasting + computing + averaging + waiting
 * </pre>
 *
 * <p>Averaging beside shards that are still computed counts as averaging, not as computing.
 *
 * @param broadcasting handing out the state, as far as the driver does it
 * @param computing what the busiest process computed, shards side by side counted once
 * @param averaging adding up the results on the driver, and the outer update
 * @param waiting all else: scheduling, fetching the state, sending results, averaging on executors,
 *     work that was lost
 * @param imbalance by how much the longest shard exceeded the mean; not one of the parts, since the
 *     longest is computing all that time
 */
public record RoundTimes(
    long broadcasting, long computing, long averaging, long waiting, long imbalance) {
  /** Returns the times of no round. */
  public static RoundTimes none() {
    return new RoundTimes(0, 0, 0, 0, 0);
  }

  /**
   * Splits the wall clock of a round.
   *
   * @param wall all of it
   * @param broadcasting the part in which the state was handed out
   * @param averaging the part in which results were averaged
   * @param shards when the shards were computed
   */
  public static RoundTimes of(long wall, long broadcasting, long averaging, ShardTimes shards) {
    long rest = wall - broadcasting - averaging;
    long computing = Math.min(rest, shards.busiest());
    return new RoundTimes(broadcasting, computing, averaging, rest - computing, shards.imbalance());
  }

  /** Returns these times and those of another round. */
  public RoundTimes plus(RoundTimes other) {
    return new RoundTimes(
        broadcasting + other.broadcasting,
        computing + other.computing,
        averaging + other.averaging,
        waiting + other.waiting,
        imbalance + other.imbalance);
  }

  /** Returns the wall clock. */
  public long wall() {
    return broadcasting + computing + averaging + waiting;
  }
}

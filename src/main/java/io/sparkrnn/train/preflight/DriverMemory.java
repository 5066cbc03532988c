package io.sparkrnn.train.preflight;

import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.TrainingConfig;

/**
 * The heap of the driver of a training, in bytes.
 *
 * <p>P parameters, a state of S bytes, R results a round:
 *
 * <pre>
 *   state       S, and 4 P of velocity with Nesterov momentum outside
 *   averaging   2 S of sums in double, S of means; and 8 P for the velocity and parameters after
 *   waiting     S of each result that has come before its turn: as many as run at a time, about
 *   best        4 P with patience
 *   certain     what has to be there at one time for a round to end, whatever else happens
 * </pre>
 *
 * @param state what the next round starts from
 * @param averaging sums and means; 0 with one result
 * @param waiting results on their way into the sums
 * @param best parameters of the best epoch
 * @param tasks tasks and their tapes when they run in the driver, whose shards Spark keeps on disk
 *     if they do not fit
 * @param certain what certainly is needed; with less a training fails
 */
public record DriverMemory(
    long state, long averaging, long waiting, long best, long tasks, long certain) {

  static DriverMemory of(
      TrainingConfig config,
      ShardedData data,
      Cluster cluster,
      Traffic traffic,
      ExecutorMemory executor) {
    int shards = data.shards().size();
    int results = cluster.isLocal() && cluster.results() == 0 ? shards : cluster.results();
    boolean isMean = config.rounds().outer() instanceof OuterUpdate.Mean;
    long floats = Float.BYTES * traffic.parameters();
    long state = traffic.state() + (isMean ? 0 : floats);
    long averaging = results == 1 ? 0 : 3 * traffic.state() + (isMean ? 0 : 2 * floats);
    return new DriverMemory(
        state,
        averaging,
        Math.min(results, cluster.tasks()) * traffic.state(),
        config.stopping().patience() > 0 ? floats : 0,
        cluster.isLocal() ? executor.tasks() + executor.tapes() : 0,
        certain(config, data, cluster, traffic, state, results));
  }

  /** One result is its own mean; a shard without rows gives none. */
  private static long certain(
      TrainingConfig config,
      ShardedData data,
      Cluster cluster,
      Traffic traffic,
      long state,
      int results) {
    boolean isMean = results > 1 && data.rows().getMin() > 0;
    long ofMean = isMean ? state + 4 * traffic.state() : state + traffic.state();
    long ofTask = cluster.isLocal() ? state + ExecutorMemory.task(config, traffic) : 0;
    return Math.max(ofMean, ofTask);
  }

  /** Returns what it is together. */
  public long total() {
    return state + averaging + waiting + best + tasks;
  }
}

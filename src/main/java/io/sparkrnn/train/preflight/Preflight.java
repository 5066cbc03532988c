package io.sparkrnn.train.preflight;

import io.sparkrnn.train.config.TrainingConfig;
import java.util.Objects;

/**
 * What a training will be like: rows in shards, memory, what rounds send, and the time it takes.
 *
 * <p>A pure function of configuration, rows and cluster, but for the time, which is measured and
 * only known when somebody asked for it.
 *
 * @param data the rows in their shards
 * @param cluster where it runs
 * @param traffic what rounds send
 * @param executor the heap of an executor
 * @param driver the heap of the driver
 * @param time how long it takes, or null when nobody measured
 */
public record Preflight(
    ShardedData data,
    Cluster cluster,
    Traffic traffic,
    ExecutorMemory executor,
    DriverMemory driver,
    TimeEstimate time) {
  public Preflight {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(cluster, "cluster");
  }

  /** Returns what a training of these rows is like, without its time. */
  public static Preflight of(TrainingConfig config, ShardedData data, Cluster cluster) {
    Traffic traffic = Traffic.of(config, data, cluster);
    ExecutorMemory executor = ExecutorMemory.of(config, data, cluster, traffic);
    DriverMemory driver = DriverMemory.of(config, data, cluster, traffic, executor);
    return new Preflight(data, cluster, traffic, executor, driver, null);
  }

  /** Returns the same with the time it takes. */
  public Preflight with(TimeEstimate time) {
    return new Preflight(data, cluster, traffic, executor, driver, time);
  }
}

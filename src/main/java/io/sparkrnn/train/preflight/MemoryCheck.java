package io.sparkrnn.train.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares what a training needs with the memory there is.
 *
 * <p>Refuses only what certainly cannot be; warns of what may not.
 */
public final class MemoryCheck {
  private static final double MEGABYTE = 1 << 20;

  private MemoryCheck() {}

  /** Returns why a training cannot run, in one line that says what to set, or null if it can. */
  public static String refusal(Preflight preflight) {
    Cluster cluster = preflight.cluster();
    long results = preflight.traffic().results();
    if (cluster.maxResultSize() > 0 && results > cluster.maxResultSize()) {
      return line(
          "the %,d results of a round need a spark.driver.maxResultSize of %,.0f MB or more, got"
              + " %,.0f MB; set it higher or to 0, or have executors average with a higher"
              + " aggregationDepth",
          cluster.results(), Math.ceil(results / MEGABYTE), cluster.maxResultSize() / MEGABYTE);
    }
    long certain = preflight.driver().certain();
    if (certain > cluster.driverHeap()) {
      return line(
          "a driver of %,d parameters needs %,.0f MB of heap or more, got %,.0f MB; give it more,"
              + " such as by SPARK_RNN_DRIVER_MEMORY=%dg",
          preflight.traffic().parameters(),
          Math.ceil(certain / MEGABYTE),
          cluster.driverHeap() / MEGABYTE,
          gigabytes(driver(preflight)));
    }
    return null;
  }

  /** Returns what may go wrong, a line each. */
  public static List<String> warnings(Preflight preflight) {
    List<String> warnings = new ArrayList<>();
    Cluster cluster = preflight.cluster();
    long driver = preflight.driver().total();
    if (driver > cluster.driverHeap()) {
      warnings.add(
          line(
              "the driver may run out of memory: about %,.0f MB of %,.0f; more is given by"
                  + " SPARK_RNN_DRIVER_MEMORY=%dg",
              driver / MEGABYTE, cluster.driverHeap() / MEGABYTE, gigabytes(driver(preflight))));
    }
    ExecutorMemory executor = preflight.executor();
    long needed = executor.total() - executor.shards(); // what is no room for shards is on disk
    if (!cluster.isLocal() && needed > cluster.executorHeap()) {
      warnings.add(
          line(
              "executors may run out of memory: about %,.0f MB of %,.0f, besides shards; more is"
                  + " given by spark.executor.memory=%dg",
              needed / MEGABYTE, cluster.executorHeap() / MEGABYTE, gigabytes(executor.total())));
    }
    return warnings;
  }

  /** Returns what the driver's heap should have room for, shards that it has to keep included. */
  private static long driver(Preflight preflight) {
    long shards = preflight.cluster().isLocal() ? preflight.executor().shards() : 0;
    return preflight.driver().total() + shards;
  }

  /** Returns whole gigabytes of which so many bytes are two thirds at most: Spark needs some. */
  private static long gigabytes(long bytes) {
    return (long) Math.ceil(1.5 * bytes / (1L << 30));
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

package io.sparkrnn.cli.training;

import io.sparkrnn.train.preflight.Cluster;
import io.sparkrnn.train.preflight.DriverMemory;
import io.sparkrnn.train.preflight.ExecutorMemory;
import io.sparkrnn.train.preflight.Preflight;
import io.sparkrnn.train.preflight.ShardedData;
import io.sparkrnn.train.preflight.TimeEstimate;
import io.sparkrnn.train.preflight.Traffic;
import io.sparkrnn.train.preflight.Truncation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is expected of a training, in words: for the console and for the report. */
final class PreflightText {
  private static final double MEGABYTE = 1 << 20;

  private PreflightText() {}

  /** Returns what is expected, name to value, in the order to show. */
  static Map<String, String> table(Preflight preflight) {
    Map<String, String> table = new LinkedHashMap<>();
    rows(table, preflight.data());
    traffic(table, preflight.traffic(), preflight.cluster());
    executor(table, preflight.executor(), preflight.cluster());
    driver(table, preflight.driver(), preflight.cluster());
    if (preflight.time() != null) {
      time(table, preflight.time());
    }
    return table;
  }

  /** Returns what is expected in one line. */
  static String line(Preflight preflight) {
    Traffic traffic = preflight.traffic();
    return text(
        "%s, %,d round%s an epoch%s; driver about %s of %s",
        count(preflight.data().shards().size(), "shard"),
        traffic.rounds(),
        traffic.rounds() == 1 ? "" : "s",
        traffic.results() == 0
            ? ""
            : text(
                ", %s to each executor and %s back in each",
                size(traffic.broadcast()), size(traffic.results())),
        size(preflight.driver().total()),
        size(preflight.cluster().driverHeap()));
  }

  private static void rows(Map<String, String> table, ShardedData data) {
    table.put("shards", text("%,d", data.shards().size()));
    table.put("rows of a shard", spread(data.rows()));
    table.put("steps of a shard", spread(data.steps()));
    table.put("longest row", text("%,d steps", data.longest()));
    if (!data.classCounts().isEmpty()) {
      table.put("classes", classes(data.classCounts()));
    }
    Truncation lost = data.truncation();
    if (lost != null) {
      table.put("truncated", text("%,d rows, which lose %,d words", lost.rows(), lost.tokens()));
      table.put(
          "out of vocabulary",
          text("%,d words (%.1f %%)", data.unknownTokens(), 100 * data.unknownShare()));
    }
  }

  private static String classes(List<Long> counts) {
    double rows = Math.max(1, counts.stream().mapToLong(Long::longValue).sum());
    return IntStream.range(0, counts.size())
        .mapToObj(i -> text("%d: %,d (%.1f %%)", i, counts.get(i), 100 * counts.get(i) / rows))
        .collect(Collectors.joining(", "));
  }

  private static void traffic(Map<String, String> table, Traffic traffic, Cluster cluster) {
    table.put("parameters", text("%,d", traffic.parameters()));
    table.put("rounds of an epoch", text("%,d", traffic.rounds()));
    table.put(
        "a round sends",
        traffic.results() == 0
            ? "nothing, all is in one process"
            : text(
                "%s to each of %s, %s back to the driver in %s",
                size(traffic.broadcast()),
                count(cluster.executors(), "executor"),
                size(traffic.results()),
                count(cluster.results(), "result")));
  }

  private static void executor(Map<String, String> table, ExecutorMemory memory, Cluster cluster) {
    table.put(
        cluster.isLocal() ? "tasks" : "an executor",
        text(
            "%s: shards %s, state %s, parameters and gradients of tasks %s, tapes %s%s",
            size(memory.total()),
            size(memory.shards()),
            size(memory.state()),
            size(memory.tasks()),
            size(memory.tapes()),
            cluster.isLocal() ? "" : "; heap " + size(cluster.executorHeap())));
  }

  private static void driver(Map<String, String> table, DriverMemory memory, Cluster cluster) {
    table.put(
        "the driver",
        text(
            "%s: state %s, averaging %s, results that wait %s, best parameters %s%s; heap %s",
            size(memory.total()),
            size(memory.state()),
            size(memory.averaging()),
            size(memory.waiting()),
            size(memory.best()),
            memory.tasks() == 0 ? "" : ", tasks " + size(memory.tasks()),
            size(cluster.driverHeap())));
  }

  private static void time(Map<String, String> table, TimeEstimate time) {
    table.put("this machine", text("%.0f GFLOP/s a task", time.gflops()));
    table.put("a round", text("%.3f s", time.roundSeconds()));
    table.put("an epoch", text("%.1f s", time.epochSeconds()));
    table.put(
        "the training",
        text(
            "%.1f s, of which %.1f s until the code is compiled",
            time.trainingSeconds(), time.warmUpSeconds()));
  }

  private static String spread(LongSummaryStatistics sizes) {
    return text(
        "smallest %,d, mean %,.0f, largest %,d",
        sizes.getMin(), sizes.getAverage(), sizes.getMax());
  }

  private static String size(long bytes) {
    return text(bytes < 10 * MEGABYTE ? "%,.1f MB" : "%,.0f MB", bytes / MEGABYTE);
  }

  private static String count(int number, String what) {
    return text("%,d %s%s", number, what, number == 1 ? "" : "s");
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

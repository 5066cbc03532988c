package io.sparkrnn.spark.training;

import io.sparkrnn.spark.rows.ShardSummary;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.preflight.Cluster;
import io.sparkrnn.train.preflight.Preflight;
import io.sparkrnn.train.preflight.ShardSize;
import io.sparkrnn.train.preflight.ShardedData;
import io.sparkrnn.train.preflight.Truncation;
import io.sparkrnn.train.shards.PackedShard;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/** What Spark knows of a training before it begins, in the words of a {@link Preflight}. */
final class Foresight {
  /** Rows that are measured: some pools of batches, which are sorted by length together. */
  private static final int SAMPLED_ROWS = 4096;

  private static final int SAMPLED_STEPS = 1 << 21;

  private static final long MEGABYTE = 1L << 20;

  private Foresight() {}

  /**
   * Returns what a training will be like.
   *
   * @param truncation what texts lost, or null when rows are no texts
   */
  static Preflight of(
      TrainingConfig config, ShardedRows rows, Truncation truncation, int aggregationDepth) {
    ShardSummary total = rows.total();
    List<Long> classes =
        config.network().head().classes() > 0
            ? Arrays.stream(total.classCounts()).boxed().toList()
            : List.of();
    ShardedData data =
        new ShardedData(
            rows.summaries().stream().map(Foresight::size).toList(),
            classes,
            total.steps().unknown(),
            truncation);
    return Preflight.of(config, data, cluster(rows, aggregationDepth));
  }

  private static ShardSize size(ShardSummary shard) {
    return new ShardSize(
        shard.trainingRows(),
        shard.trainingSteps(),
        shard.steps().longest(),
        shard.validationRows(),
        shard.steps().validation());
  }

  private static Cluster cluster(ShardedRows rows, int aggregationDepth) {
    SparkContext context = rows.context().sc();
    SparkConf conf = context.conf();
    boolean local = context.isLocal();
    long heap = Runtime.getRuntime().maxMemory();
    int shards = rows.summaries().size();
    List<Integer> groups = SparkWorkers.groups(shards, aggregationDepth);
    int sent = groups.isEmpty() ? shards : groups.get(groups.size() - 1);
    return new Cluster(
        executors(context),
        Math.max(1, context.defaultParallelism() / conf.getInt("spark.task.cpus", 1)),
        local,
        heap,
        local ? heap : context.executorMemory() * MEGABYTE,
        local && aggregationDepth == 1 ? 0 : sent,
        conf.getSizeAsBytes("spark.driver.maxResultSize", "1g"));
  }

  /** Returns how many executors there are now, the driver not among them unless it is the one. */
  private static int executors(SparkContext context) {
    int processes = context.statusTracker().getExecutorInfos().length;
    return Math.max(1, context.isLocal() ? 1 : processes - 1);
  }

  /** Returns some rows of the first shard that has any. */
  static PackedShard sample(ShardedRows rows) {
    int from =
        IntStream.range(0, rows.summaries().size())
            .filter(shard -> rows.summaries().get(shard).trainingRows() > 0)
            .findFirst()
            .orElseThrow();
    return rows.shards()
        .mapPartitionsWithIndex(
            (index, data) ->
                index == from
                    ? List.of(some(ShardedRows.single(data).training())).iterator()
                    : List.<PackedShard>of().iterator(),
            true)
        .collect()
        .get(0);
  }

  /** Returns rows spread over all of a shard. */
  private static PackedShard some(PackedShard shard) {
    int mean = Math.max(1, shard.steps() / shard.rows());
    int count = Math.min(shard.rows(), Math.max(1, Math.min(SAMPLED_ROWS, SAMPLED_STEPS / mean)));
    return shard.select(
        IntStream.range(0, count).map(i -> (int) ((long) i * shard.rows() / count)).toArray());
  }
}

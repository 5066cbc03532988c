package io.sparkrnn.spark.training;

import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;
import io.sparkrnn.spark.input.TaskFailures;
import io.sparkrnn.spark.jobs.JobLabels;
import io.sparkrnn.spark.rows.ShardData;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.config.ClassWeights;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Thresholds;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.wide.Combination;
import io.sparkrnn.train.wide.KeptNgrams;
import io.sparkrnn.train.wide.RowCounts;
import io.sparkrnn.train.wide.ShardPass;
import io.sparkrnn.train.wide.ShardSums;
import io.sparkrnn.train.wide.StackedRows;
import io.sparkrnn.train.wide.Stacking;
import io.sparkrnn.train.wide.WideBranch;
import io.sparkrnn.train.wide.WideModel;
import io.sparkrnn.train.wide.WideShard;
import io.sparkrnn.train.wide.WideTraining;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains the wide branch on the executors: one ordinary task per shard and pass, a pure function of
 * what is broadcast and the shard; the driver adds up in the order of shards.
 *
 * <p>Close it to free what is cached and broadcast. Owned by the driver's thread.
 */
final class SparkWide implements ShardSums, AutoCloseable {
  /** Part of spark.driver.maxResultSize that the results of one job may take. */
  private static final double SHARE = 0.5;

  /** Numbers of the rows that the driver fits the combination to, of a branch: 64 MB. */
  private static final long MOST_STACKED = 1L << 24;

  private final TrainingConfig config;
  private final ShardedRows rows;
  private final Thresholds thresholds;
  private final JobLabels jobs;
  private final List<Broadcast<?>> broadcasts = new ArrayList<>();
  private JavaRDD<WideShard> shards;
  private int passes;

  SparkWide(TrainingConfig config, ShardedRows rows, Thresholds thresholds) {
    this.config = config;
    this.rows = rows;
    this.thresholds = thresholds;
    jobs = JobLabels.of(rows.context().sc());
  }

  /**
   * Trains the branch and combines it with a network.
   *
   * @param parameters of the network that was trained. Not modified.
   * @param listener is told what came of it
   */
  WideBranch train(float[] parameters, TrainingListener listener) {
    try {
      return trained(parameters, listener);
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      throw TaskFailures.explained(e);
    }
  }

  private WideBranch trained(float[] parameters, TrainingListener listener) {
    int outputs = config.network().head().outputs();
    WideTraining training =
        new WideTraining(config.wide(), config.network().head().classes(), outputs);
    jobs.describe("wide branch: counting n-grams");
    int buckets = config.wide().ngrams().buckets();
    byte[] counts = new byte[buckets];
    inGroups(counted(rows.shards(), weights(), buckets), buckets, c -> RowCounts.add(counts, c));
    KeptNgrams kept = training.kept(counts);
    shards =
        selected(rows.shards(), weights(), broadcast(kept))
            .setName("n-grams of packed shards")
            .persist(StorageLevel.MEMORY_AND_DISK());
    WideModel model = training.train(kept, this);
    jobs.describe("wide branch: combining it with the network");
    Stacking stacking =
        new Stacking(config.network().head(), thresholds, stacked(model, parameters));
    Combination combination = stacking.combination();
    listener.wideCombined(stacking.record(kept.size(), training.passes(), combination));
    return new WideBranch(model, combination);
  }

  private ClassWeights weights() {
    return config.objective().classWeights();
  }

  private static JavaRDD<byte[]> counted(
      JavaRDD<ShardData> shards, ClassWeights weights, int buckets) {
    return each(shards, data -> RowCounts.of(weights.apply(data.training()), buckets));
  }

  private static JavaRDD<WideShard> selected(
      JavaRDD<ShardData> shards, ClassWeights weights, Broadcast<KeptNgrams> kept) {
    return each(shards, data -> WideShard.of(data.training(), kept.value(), weights));
  }

  /** What is asked of each shard, whose block is released when it is done. */
  private interface Question<S, T> extends Serializable {
    T of(S shard);
  }

  private static <S, T> JavaRDD<T> each(JavaRDD<S> shards, Question<S, T> question) {
    return shards.mapPartitions(
        partition -> List.of(question.of(ShardedRows.single(partition))).iterator(), true);
  }

  @Override
  public double[] sum(ShardPass pass) {
    jobs.describe("wide branch: pass %d", ++passes);
    Broadcast<ShardPass> sent = rows.context().broadcast(pass);
    double[] sum = new double[pass.size()];
    try {
      inGroups(over(shards, sent), (long) Double.BYTES * sum.length, part -> add(sum, part));
    } finally {
      sent.destroy();
    }
    return sum;
  }

  private static JavaRDD<double[]> over(JavaRDD<WideShard> shards, Broadcast<ShardPass> pass) {
    return each(shards, shard -> pass.value().over(shard));
  }

  private static void add(double[] sum, double[] part) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part[i];
    }
  }

  /** Hands on the result of each shard, in their order; a job has as many as the driver takes. */
  private <T> void inGroups(JavaRDD<T> results, long bytes, Consumer<T> inShardOrder) {
    long most = rows.context().getConf().getSizeAsBytes("spark.driver.maxResultSize", "1g");
    int all = results.getNumPartitions();
    int group = most == 0 ? all : (int) Math.max(1, Math.min(all, (long) (SHARE * most) / bytes));
    for (int from = 0; from < all; from += group) {
      OrderedResults.run(results, from, Math.min(all, from + group), inShardOrder);
    }
  }

  private StackedRows stacked(WideModel model, float[] parameters) {
    List<StackedRows> parts = new ArrayList<>();
    if (rows.total().validationRows() > 0) {
      long values = rows.total().validationRows() * model.outputs();
      double share = Math.min(1, (double) MOST_STACKED / values);
      Broadcast<WideModel> wide = broadcast(model);
      Broadcast<float[]> network = broadcast(parameters);
      OrderedResults.run(stacked(rows.shards(), config, wide, network, share), parts::add);
    }
    return parts.isEmpty()
        ? new StackedRows(new float[0], new float[0], new float[0], new float[0])
        : StackedRows.join(parts);
  }

  private static JavaRDD<StackedRows> stacked(
      JavaRDD<ShardData> shards,
      TrainingConfig config,
      Broadcast<WideModel> wide,
      Broadcast<float[]> parameters,
      double share) {
    return each(
        shards,
        data -> {
          PackedShard held = first(data.validation(), share);
          FrozenNetwork network =
              new FrozenNetwork(new Network(config.network()), parameters.value());
          return new StackedRows(
              wide.value().logits(held),
              new Scorer(network).score(held),
              held.labels(),
              config.objective().classWeights().apply(held).weights());
        });
  }

  /** Rows are sorted by a hash of their content: the first are a sample. */
  private static PackedShard first(PackedShard shard, double share) {
    int count = (int) Math.ceil(share * shard.rows());
    return share == 1 ? shard : shard.select(IntStream.range(0, count).toArray());
  }

  private <T> Broadcast<T> broadcast(T value) {
    Broadcast<T> sent = rows.context().broadcast(value);
    broadcasts.add(sent);
    return sent;
  }

  @Override
  public void close() {
    if (shards != null) {
      shards.unpersist(true);
    }
    broadcasts.forEach(Broadcast::destroy);
    jobs.close();
  }
}

package io.sparkrnn.spark.training;

import io.sparkrnn.spark.input.TaskFailures;
import io.sparkrnn.spark.jobs.JobLabels;
import io.sparkrnn.spark.rows.ShardData;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.train.Averaging;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.ShardEvaluator;
import io.sparkrnn.train.ShardResult;
import io.sparkrnn.train.TrainingException;
import io.sparkrnn.train.Workers;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.EvaluationBuilder;
import io.sparkrnn.train.metrics.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * The executors: one ordinary task per shard and round, a pure function of broadcast state and
 * shard.
 *
 * <p>Repeated, speculative and relocated tasks hand back the same bytes. Owned by the driver's
 * thread.
 */
final class SparkWorkers implements Workers, AutoCloseable {
  private final TrainingConfig config;
  private final ShardedRows rows;
  private final Thresholds thresholds;
  private final int aggregationDepth;
  private final boolean isOneJvm;
  private final JobLabels jobs;
  private final TaskCores cores;
  private final int rounds;
  private RoundState state;
  private Broadcast<RoundState> broadcast;

  SparkWorkers(
      TrainingConfig config, ShardedRows rows, Thresholds thresholds, int aggregationDepth) {
    this.config = config;
    this.rows = rows;
    this.thresholds = thresholds;
    this.aggregationDepth = aggregationDepth;
    isOneJvm = aggregationDepth == 1 && rows.context().isLocal();
    jobs = JobLabels.of(rows.context().sc());
    cores = new TaskCores(rows.context().sc());
    rounds = config.roundCount(Arrays.stream(shardRows()).max().orElse(0));
  }

  @Override
  public int[] shardRows() {
    return rows.summaries().stream().mapToInt(s -> (int) s.trainingRows()).toArray();
  }

  @Override
  public boolean hasValidation() {
    return rows.total().validationRows() > 0;
  }

  @Override
  public void send(RoundState state) {
    if (!isOneJvm) {
      broadcast(state);
    }
  }

  @Override
  public void train(RoundState state, Consumer<ShardResult> inShardOrder) {
    describe(state);
    if (isOneJvm) {
      trainInOneJvm(state, inShardOrder);
      return;
    }
    JavaRDD<Tuple2<Integer, ShardResult>> results =
        cores.give(
            trained(rows.shards(), config, broadcast(state)),
            config.execution().threads(config.batching().batchSize()));
    for (int groups : groups(rows.summaries().size(), aggregationDepth)) {
      results = averaged(results, groups);
    }
    try {
      OrderedResults.run(results.map(Tuple2::_2), inShardOrder);
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      TrainingException size = ResultSize.explained(e, results.getNumPartitions());
      throw size != null ? size : TaskFailures.explained(e);
    }
  }

  private void describe(RoundState state) {
    jobs.describe(
        "training: epoch %d of %d, round %d of %d (%d shards)",
        state.epoch() + 1,
        config.stopping().epochs(),
        state.round() + 1,
        rounds,
        rows.summaries().size());
  }

  private void trainInOneJvm(RoundState state, Consumer<ShardResult> inShardOrder) {
    try (SameJvm round = SameJvm.open(state)) {
      OrderedResults.run(
          handedOver(rows.shards(), config, round.key()),
          shard -> inShardOrder.accept(round.take(shard)));
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      throw TaskFailures.explained(e);
    }
  }

  private static JavaRDD<Integer> handedOver(
      JavaRDD<ShardData> shards, TrainingConfig config, long round) {
    return shards.mapPartitionsWithIndex(
        (index, data) -> {
          SameJvm here = SameJvm.at(round);
          here.put(index, ShardTask.train(config, here.state(), data, index));
          return List.of(index).iterator();
        },
        true);
  }

  private static JavaRDD<Tuple2<Integer, ShardResult>> trained(
      JavaRDD<ShardData> shards, TrainingConfig config, Broadcast<RoundState> state) {
    return shards.mapPartitionsWithIndex(
        (index, data) -> {
          ShardResult result = ShardTask.train(config, state.value(), data, index);
          return List.of(new Tuple2<>(index, result)).iterator();
        },
        true);
  }

  /**
   * Averages runs of consecutive results on executors; the groups depend on the results' number
   * only.
   */
  private static JavaRDD<Tuple2<Integer, ShardResult>> averaged(
      JavaRDD<Tuple2<Integer, ShardResult>> results, int groups) {
    int count = results.getNumPartitions();
    return results
        .mapToPair(r -> new Tuple2<>((int) ((long) r._1() * groups / count), r))
        .partitionBy(new HashPartitioner(groups))
        .mapPartitionsWithIndex(
            (index, group) -> {
              List<Tuple2<Integer, ShardResult>> members = new ArrayList<>();
              group.forEachRemaining(member -> members.add(member._2()));
              members.sort(Comparator.comparing(Tuple2::_1));
              Averaging mean = new Averaging();
              members.forEach(member -> mean.add(member._2()));
              return List.of(new Tuple2<>(index, mean.result())).iterator();
            },
            true);
  }

  /**
   * Returns how many groups each level of averaging on executors has, first level first, so that
   * with the driver there are {@code aggregationDepth} of them and each averages about as many:
   *
   * <pre>
   *   scale^(depth - 1), ..., scale^2, scale     scale^depth >= shards, scale as small as can be
   * </pre>
   *
   * <p>A level that would group nothing is left out.
   */
  static List<Integer> groups(int shards, int aggregationDepth) {
    int scale = 2;
    while (!reaches(shards, scale, aggregationDepth)) {
      scale++;
    }
    List<Integer> levels = new ArrayList<>();
    if (aggregationDepth > 1) {
      for (long groups = scale; groups < shards; groups *= scale) {
        levels.add(0, (int) groups);
      }
    }
    return levels;
  }

  private static boolean reaches(int shards, int scale, int depth) {
    long product = 1;
    for (int level = 0; level < depth && product < shards; level++) {
      product *= scale;
    }
    return product >= shards;
  }

  @Override
  public Evaluation evaluate(RoundState state) {
    jobs.describe("evaluation of epoch %d of %d", state.epoch(), config.stopping().epochs());
    List<EvaluationBuilder> parts =
        evaluated(rows.shards(), config, thresholds, broadcast(state)).collect();
    EvaluationBuilder total = parts.get(0);
    parts.stream().skip(1).forEach(total::merge);
    return total.build();
  }

  private static JavaRDD<EvaluationBuilder> evaluated(
      JavaRDD<ShardData> shards,
      TrainingConfig config,
      Thresholds thresholds,
      Broadcast<RoundState> state) {
    return shards.map(
        data ->
            ShardEvaluator.evaluate(
                config, state.value().modelParameters(), data.validation(), thresholds));
  }

  /** The state that was evaluated is the one the next round starts from: it is sent once. */
  private Broadcast<RoundState> broadcast(RoundState next) {
    if (next != state) {
      free();
      broadcast = rows.context().broadcast(next.withoutVelocity());
      state = next;
    }
    return broadcast;
  }

  /** Frees the broadcast. */
  @Override
  public void close() {
    free();
    jobs.close();
  }

  private void free() {
    if (broadcast != null) {
      broadcast.destroy();
      broadcast = null;
      state = null;
    }
  }
}

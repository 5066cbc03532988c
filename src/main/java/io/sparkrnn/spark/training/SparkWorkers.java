package io.sparkrnn.spark.training;

import io.sparkrnn.spark.rows.ShardData;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.train.Averaging;
import io.sparkrnn.train.Evaluation;
import io.sparkrnn.train.EvaluationBuilder;
import io.sparkrnn.train.PackedShard;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.ShardEvaluator;
import io.sparkrnn.train.ShardResult;
import io.sparkrnn.train.ShardTrainer;
import io.sparkrnn.train.Thresholds;
import io.sparkrnn.train.TrainingConfig;
import io.sparkrnn.train.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
  private RoundState state;
  private Broadcast<RoundState> broadcast;

  SparkWorkers(
      TrainingConfig config, ShardedRows rows, Thresholds thresholds, int aggregationDepth) {
    this.config = config;
    this.rows = rows;
    this.thresholds = thresholds;
    this.aggregationDepth = aggregationDepth;
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
  public List<ShardResult> train(RoundState state) {
    JavaRDD<Tuple2<Integer, ShardResult>> results =
        trained(rows.shards(), config, broadcast(state));
    int groups = groups(rows.summaries().size(), aggregationDepth);
    return (groups == 0 ? results.map(Tuple2::_2) : combined(results, groups)).collect();
  }

  private static JavaRDD<Tuple2<Integer, ShardResult>> trained(
      JavaRDD<ShardData> shards, TrainingConfig config, Broadcast<RoundState> state) {
    return shards.mapPartitionsWithIndex(
        (index, data) -> {
          PackedShard rows = ShardedRows.single(data).training();
          ShardResult result = ShardTrainer.train(config, state.value(), rows, index);
          return List.of(new Tuple2<>(index, result)).iterator();
        },
        true);
  }

  /**
   * Averages runs of consecutive shards on executors; the groups depend on the shards' number only.
   */
  private static JavaRDD<ShardResult> combined(
      JavaRDD<Tuple2<Integer, ShardResult>> results, int groups) {
    int shards = results.getNumPartitions();
    return results
        .mapToPair(r -> new Tuple2<>((int) ((long) r._1() * groups / shards), r))
        .partitionBy(new HashPartitioner(groups))
        .mapPartitions(
            group -> {
              List<Tuple2<Integer, ShardResult>> members = new ArrayList<>();
              group.forEachRemaining(member -> members.add(member._2()));
              members.sort(Comparator.comparing(Tuple2::_1));
              return List.of(Averaging.combine(members.stream().map(Tuple2::_2).toList()))
                  .iterator();
            });
  }

  /** Returns how many groups are summed on executors, 0 when the driver sums the shards itself. */
  static int groups(int shards, int aggregationDepth) {
    int groups = (int) Math.ceil(Math.sqrt(shards));
    return aggregationDepth == 1 || groups >= shards ? 0 : groups;
  }

  @Override
  public Evaluation evaluate(RoundState state) {
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
      close();
      broadcast = rows.context().broadcast(next);
      state = next;
    }
    return broadcast;
  }

  /** Frees the broadcast. */
  @Override
  public void close() {
    if (broadcast != null) {
      broadcast.destroy();
      broadcast = null;
      state = null;
    }
  }
}

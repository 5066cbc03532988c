package io.sparkrnn.train;

import io.sparkrnn.nn.Network;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.course.ShardTimes;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.EvaluationBuilder;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.Refusals;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Training without Spark: the same loop, the same rounds, the same bits as the distributed trainer
 * on the same shards.
 *
 * <p>Any {@link io.sparkrnn.nn.NetworkSpec} trains here: mixes of layers, vectors instead of token
 * ids, a head at every step. Three floats and one label at each step, for example:
 *
 * <pre>
 *   NetworkSpec network =
 *       new NetworkSpec(
 *           new InputSpec.Vectors(3),
 *           List.of(LayerSpec.Recurrent.of(CellType.GRU, 16)),
 *           HeadSpec.of(Pooling.EVERY_STEP, 1, Activation.SIGMOID));
 *   PackedShardBuilder rows = PackedShardBuilder.ofVectors(3);
 *   rows.addSteps(vectors, stepLabels, 1);               for each sequence
 *   TrainingConfig config = TrainingConfig.of(network, Loss.BINARY_CROSSENTROPY);
 *   TrainingProgress trained =
 *       LocalTrainer.parallel(config, TrainingListener.silent(), System::nanoTime)
 *           .train(List.of(rows.build()), List.of());
 *   FrozenNetwork frozen = new FrozenNetwork(new Network(network), trained.parameters());
 *   float[] outputs = new Scorer(frozen).scoreSteps(rows.build());
 * </pre>
 */
public final class LocalTrainer {
  private static final String HERE = "this process";

  private final TrainingConfig config;
  private final TrainingListener listener;
  private final LongSupplier nanoTime;
  private final boolean parallel;

  private LocalTrainer(
      TrainingConfig config, TrainingListener listener, LongSupplier nanoTime, boolean parallel) {
    this.config = config;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.parallel = parallel;
  }

  /**
   * Creates a trainer that trains one shard after the other.
   *
   * @param config the run's configuration; {@code shards} is not read, the shards are handed in
   * @param listener who is told
   * @param nanoTime a clock that counts nanoseconds, for the rates in the history
   */
  public static LocalTrainer sequential(
      TrainingConfig config, TrainingListener listener, LongSupplier nanoTime) {
    return new LocalTrainer(config, listener, nanoTime, false);
  }

  /**
   * Creates a trainer that trains shards side by side on the threads of the pool it is called from,
   * or of the common pool; the result is the same.
   */
  public static LocalTrainer parallel(
      TrainingConfig config, TrainingListener listener, LongSupplier nanoTime) {
    return new LocalTrainer(config, listener, nanoTime, true);
  }

  /**
   * Trains from the seed's initial parameters.
   *
   * @param training one shard per logical shard, which may be empty. Not modified.
   * @param validation rows to evaluate on after each epoch, any number of shards. Not modified.
   * @throws TrainingException if there are no rows, or the loss is no longer finite
   * @throws IllegalArgumentException if a shard is not what the network reads
   */
  public TrainingProgress train(List<PackedShard> training, List<PackedShard> validation) {
    float[] initial = new Network(config.network()).initialParameters(config.seed());
    return resume(TrainingProgress.initial(config, initial), training, validation);
  }

  /** Goes on from {@code start}, on the same shards as before. */
  public TrainingProgress resume(
      TrainingProgress start, List<PackedShard> training, List<PackedShard> validation) {
    return resume(start, training, validation, progress -> {});
  }

  /**
   * Goes on from {@code start}, on the same shards as before.
   *
   * @param afterStep is handed the progress after every round and after every epoch, to save it
   */
  public TrainingProgress resume(
      TrainingProgress start,
      List<PackedShard> training,
      List<PackedShard> validation,
      Consumer<TrainingProgress> afterStep) {
    listener.rowsRead(rows(training), rows(validation), Refusals.none());
    return new TrainingLoop(config, new LocalWorkers(training, validation), listener, nanoTime)
        .run(start, afterStep);
  }

  private static long rows(List<PackedShard> shards) {
    return shards.stream().mapToLong(PackedShard::rows).sum();
  }

  /** The shards in this JVM. */
  private final class LocalWorkers implements Workers {
    private final List<PackedShard> training;
    private final List<PackedShard> validation;

    LocalWorkers(List<PackedShard> training, List<PackedShard> validation) {
      this.training = training;
      this.validation = validation;
    }

    @Override
    public int[] shardRows() {
      return training.stream().mapToInt(PackedShard::rows).toArray();
    }

    @Override
    public boolean hasValidation() {
      return LocalTrainer.rows(validation) > 0;
    }

    @Override
    public void train(RoundState state, Consumer<ShardResult> inShardOrder) {
      IntStream shards = IntStream.range(0, training.size());
      (parallel ? shards.parallel() : shards)
          .mapToObj(s -> train(state, s))
          .forEachOrdered(inShardOrder);
    }

    private ShardResult train(RoundState state, int shard) {
      long begin = nanoTime.getAsLong();
      ShardResult result = ShardTrainer.train(config, state, training.get(shard), shard);
      return result.withTimes(ShardTimes.of(HERE, begin, nanoTime.getAsLong()));
    }

    @Override
    public Evaluation evaluate(RoundState state) {
      List<PackedShard> shards = validation.stream().filter(s -> s.rows() > 0).toList();
      List<EvaluationBuilder> inShardOrder =
          (parallel ? shards.parallelStream() : shards.stream())
              .map(shard -> ShardEvaluator.evaluate(config, state.modelParameters(), shard))
              .toList();
      EvaluationBuilder all = inShardOrder.get(0);
      inShardOrder.stream().skip(1).forEach(all::merge);
      return all.build();
    }
  }
}

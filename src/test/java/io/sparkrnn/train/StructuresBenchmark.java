package io.sparkrnn.train;

import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.SyntheticReviews;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What two directions and the poolings cost: reviews per second of a task's round of training and
 * of scoring as in {@link TrainingRoundBenchmark}, 32 units.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@OperationsPerInvocation(TrainingRoundBenchmark.REVIEWS)
public class StructuresBenchmark {
  private static final int VOCABULARY = 10_000;
  private static final int UNITS = 32;

  /** The kind of cell. */
  @Param({"LSTM", "GRU"})
  public CellType cell;

  /** Whether the layer reads in both directions. */
  @Param({"false", "true"})
  public boolean bidirectional;

  /** What the output sees. */
  @Param({"LAST", "MAX_MEAN", "ATTENTION"})
  public Pooling pooling;

  private final PackedShard reviews =
      SyntheticReviews.shard(TrainingRoundBenchmark.REVIEWS, VOCABULARY, 1);
  private TrainingConfig config;
  private RoundState state;
  private Scorer scorer;

  /** Makes the network. */
  @Setup
  public void begin() {
    LayerSpec.Recurrent one = LayerSpec.Recurrent.of(cell, UNITS);
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec.Tokens(VOCABULARY, UNITS, true),
            List.of(bidirectional ? new LayerSpec.Bidirectional(one, MergeMode.CONCAT) : one),
            HeadSpec.of(pooling, 1, Activation.SIGMOID));
    config = TrainingConfig.of(spec, Loss.BINARY_CROSSENTROPY).withBatches(128, 1);
    Network network = new Network(spec);
    float[] parameters = network.initialParameters(1);
    state = RoundState.initial(config.optimization(), parameters);
    scorer = new Scorer(new FrozenNetwork(network, parameters), 128);
  }

  /** A round of training. */
  @Benchmark
  public ShardResult train() {
    return ShardTrainer.train(config, state, reviews, 0);
  }

  /** Scoring. */
  @Benchmark
  public float[] score() {
    return scorer.score(reviews);
  }
}

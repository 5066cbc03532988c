package io.sparkrnn.train;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
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
 * Reviews per second of a task's round of training and of scoring, on one thread: 640 generated
 * reviews of IMDB's lengths in batches of 128, beside the portable kernels.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@OperationsPerInvocation(TrainingRoundBenchmark.REVIEWS)
public class TrainingRoundBenchmark {
  static final int REVIEWS = 640;
  private static final int VOCABULARY = 10_000;

  /** The kind of cell. */
  @Param({"LSTM", "GRU", "SIMPLE_RNN"})
  public CellType cell;

  /** H, and the size of the embedding. */
  @Param({"32", "128"})
  public int units;

  /** Rate of both dropouts. */
  @Param({"0", "0.2"})
  public double dropout;

  private final PackedShard reviews = SyntheticReviews.shard(REVIEWS, VOCABULARY, 1);
  private TrainingConfig config;
  private RoundState state;
  private Scorer scorer;

  /** Makes the network. */
  @Setup
  public void initialize() {
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec.Tokens(VOCABULARY, units, true),
            List.of(new LayerSpec.Recurrent(cell, units, dropout, dropout, true, false)),
            HeadSpec.binary());
    config = TrainingConfig.of(spec, Loss.BINARY_CROSSENTROPY).withBatches(128, 1);
    Network network = new Network(spec);
    float[] parameters = network.initialParameters(1);
    state = RoundState.initial(config.optimization(), parameters);
    scorer = new Scorer(new FrozenNetwork(network, parameters));
  }

  /** Training by the kernels of this JVM. */
  @Benchmark
  public ShardResult train() {
    return ShardTrainer.train(config, state, reviews, 0);
  }

  /** Training by the portable kernels. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dio.sparkrnn.portableKernels=true")
  public ShardResult trainPortable() {
    return ShardTrainer.train(config, state, reviews, 0);
  }

  /** Scoring by the kernels of this JVM. */
  @Benchmark
  public float[] score() {
    return scorer.score(reviews);
  }
}

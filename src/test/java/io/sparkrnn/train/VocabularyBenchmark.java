package io.sparkrnn.train;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Gradient;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.optim.GradientSupport;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.RoundSteps;
import io.sparkrnn.train.batches.BatchGradient;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.SyntheticReviews;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the size of the vocabulary costs when the reviews are the same: one step of a task's round,
 * gradient and update of a batch of 128 reviews of IMDB's lengths, and beside it a round of one
 * step, which copies all parameters and moments.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class VocabularyBenchmark {
  private static final int BATCH = 128;
  private static final int BATCHES = 8;

  /** Ids in the reviews. */
  private static final int SEEN = 10_000;

  /** V. */
  @Param({"10000", "200000"})
  public int vocabularySize;

  /** The optimizer, both of which leave out rows without a gradient. */
  @Param({"SGD", "RMSPROP"})
  public String optimizer;

  private final PackedShard reviews = SyntheticReviews.shard(BATCHES * BATCH, SEEN, 1);
  private final PackedShard one = SyntheticReviews.shard(BATCH, SEEN, 1);
  private final int[] rows = IntStream.range(0, BATCHES * BATCH).toArray();
  private TrainingConfig config;
  private RoundState state;
  private BatchGradient batches;
  private Gradient gradient;
  private GradientSupport support;
  private RoundSteps steps;
  private int next;

  /** Makes the network and what a round needs. */
  @Setup
  public void begin() {
    NetworkSpec spec = NetworkSpec.binary(CellType.LSTM, vocabularySize, 256, 32);
    OptimizerSpec rule =
        optimizer.equals("SGD")
            ? new OptimizerSpec.Sgd(0, false)
            : OptimizerSpec.RmsProp.defaults();
    config =
        TrainingConfig.of(spec, Loss.BINARY_CROSSENTROPY).with(rule, 1e-4).withBatches(BATCH, 1);
    Network network = new Network(spec);
    state = RoundState.initial(config.optimization(), network.initialParameters(1));
    batches = new BatchGradient(config, network, reviews, 1);
    gradient = network.newGradient(false);
    support = config.embedding().support(network, rule);
    steps = new RoundSteps(rule, config.optimization().ema(), state.optimizer(), support);
  }

  /** One step within a round. */
  @Benchmark
  public double step() {
    int from = next * BATCH;
    next = (next + 1) % BATCHES;
    gradient.clear();
    double loss = batches.add(state.parameters(), rows, from, from + BATCH, BATCH, null, gradient);
    support.setRows(gradient.rows(), gradient.rowCount());
    steps.step(state.parameters(), gradient.values(), config.optimization().learningRate());
    return loss;
  }

  /** A round of one step. */
  @Benchmark
  public ShardResult round() {
    return ShardTrainer.train(config, state, one, 0);
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void end() {
    batches.close();
  }
}

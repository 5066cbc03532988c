package io.sparkrnn.train;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.SyntheticReviews;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the place of the projected vocabulary in the caches costs when scoring with an LSTM of 32
 * units: reviews with as many distinct ids as the vocabulary has, of the frequencies of words. The
 * table has 512 bytes a word: 1,000 words stay in a second-level cache of a megabyte, 10,000 do
 * not, 100,000 outgrow the third-level cache as well.
 *
 * <p>Tokens per second is the figure to read.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 3, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ScoringBenchmark {
  private static final int ROWS = 2048;

  /** V. */
  @Param({"100", "1000", "10000", "60000", "100000", "200000"})
  public int vocabularySize;

  private PackedShard reviews;
  private Scorer scorer;

  /** Counts what was scored. */
  @State(Scope.Thread)
  @AuxCounters
  public static class Scored {
    /** Tokens of all passes. */
    public long tokens;
  }

  /** Draws the reviews and prepares a network. */
  @Setup
  public void begin() {
    reviews = SyntheticReviews.shard(ROWS, vocabularySize, 1);
    Network network = new Network(NetworkSpec.binary(CellType.LSTM, vocabularySize, 32, 32));
    scorer = new Scorer(new FrozenNetwork(network, network.initialParameters(1)));
  }

  /** One pass over all reviews. */
  @Benchmark
  public float[] score(Scored scored) {
    scored.tokens += reviews.tokens().length;
    return scorer.score(reviews);
  }
}
